// One renderer for each kind of space, by the kind that a run's header names. A page may add one of its own.
//
// A renderer draws on two square canvases: `under` once for each frame of the run, `over` at every frame of the screen.
//   glides               names of those blocks of a frame whose values glide from frame to frame
//   legend(scene)        [{layer, html, title}] of what can be switched on and off
//   under(context, scene)
//   over(context, scene)
// A scene is {run, frame, points, look}: the run and its nearest frame (film.js), the gliding blocks as shares from 0 to
// 1 at this moment, and the look (look.js).

const { search } = new URL(import.meta.url)
const [images, line, plane] = await Promise.all(
  ["./images.js", "./line.js", "./plane.js"].map((file) => import(file + search)),
)

export const RENDERERS = { images, line, plane }
