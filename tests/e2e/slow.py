"""A slow way between a tab and the server."""


class Slow:
    """The way of a tab to the server and back, on which what comes back can be held up for a while."""

    def __init__(self, page):
        self.asked, self.held, self.holds = 0, [], False
        page.route_web_socket("**/_stcore/stream", self.meet)

    def meet(self, browser):
        self.browser, server = browser, browser.connect_to_server()
        browser.on_message(lambda message: (self.ask(), server.send(message)))
        server.on_message(self.answer)

    def ask(self):
        self.asked += 1

    def answer(self, message):
        self.held.append(message) if self.holds else self.browser.send(message)

    def go_on(self):
        self.holds = False
        for message in self.held:
            self.browser.send(message)
