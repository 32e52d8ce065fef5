// What the walk draws in each kind of space, by the kind that its header names: SCENES.
//
// A scene is made for a walk (walkthrough.js), whose header, arrays, marked sample, look and state of layers it reads.
//   static aspect       how wide the picture is, as a multiple of its height
//   nodes               what else stands in the picture
//   renew()             message, look or size are others: what was drawn once is drawn anew
//   show(layers)        the walk stands at a piece with these [bright, dim] layers
//   draw(context)
//   hits()              [x, y, i] of every mark of sample i that can be pressed, in pixels of the canvas
//   legend(bright)      [mark, colour, words] of what is bright

const { search } = new URL(import.meta.url)
const [{ Pictures }, { Points }] = await Promise.all(
  ["./pictures.js", "./points.js"].map((file) => import(file + search)),
)

export const SCENES = { images: Pictures, line: Points, plane: Points }
