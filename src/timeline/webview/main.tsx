// The script of the timeline's page: asks the extension for the content, and shows what it is sent.
import { render } from "preact";
import type { MessageToWebview } from "../messages";
import { App, type AppProperties } from "./app";
import { Host } from "./host";

const root = document.getElementById("timeline");
const host = new Host();
let shown: AppProperties | undefined;
let frame: number | undefined;

host.listen((message) => {
  shown = after(shown, message);
  // Many messages in one frame are one picture.
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    if (root !== null && shown !== undefined) render(<App key={shown.data.session} {...shown} />, root);
  });
});
host.post({ type: "ready" });

function after(before: AppProperties | undefined, message: MessageToWebview): AppProperties | undefined {
  switch (message.type) {
    case "show": {
      const { data, strings, language } = message;
      const { state } = host;
      const restored = state?.session === data.session ? state : undefined;
      return { host, data, strings, language, restored, sought: undefined };
    }
    case "update":
      return before && { ...before, data: message.data };
    case "select":
      return before && { ...before, sought: { beadId: message.beadId } };
  }
}
