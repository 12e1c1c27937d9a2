// A tree view in the side bar. Only rows inside the viewport exist.
import type { Locator, Page } from "playwright-core";
import { eventually } from "../../support/eventually";
import { ContextMenu } from "./contextMenu";
import { hoverText } from "./hover";

export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** 1 at the root. */
  readonly level: number;
  /** Undefined when there is nothing to expand. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** The codicon, such as `error`, or the name of the picture's file; undefined without an icon. */
  readonly icon: string | undefined;
  /** The icon's colour as the browser computes it. */
  readonly iconColor: string | undefined;
}

export class TreeView {
  readonly #page: Page;
  readonly #pane: Locator;

  constructor(page: Page, viewName: string) {
    this.#page = page;
    this.#pane = page.locator(`.sidebar .pane:has(> .pane-header[aria-label^=${JSON.stringify(viewName)}])`);
  }

  /** The whole section, header included. */
  get pane(): Locator {
    return this.#pane;
  }

  /** Clicks the view's title, which expands or collapses the view. The middle of the header may be one of its buttons. */
  async toggle(): Promise<void> {
    await this.#pane.locator(".pane-header h3.title").click();
  }

  /** The text beside the view's title. */
  async description(): Promise<string> {
    const description = this.#pane.locator(".pane-header .description");
    return (await description.isVisible()) ? description.innerText() : "";
  }

  /** The message above the rows, or of a view that has none. */
  async message(): Promise<string> {
    const message = this.#pane.locator(".message, .welcome-view-content");
    return (await message.allInnerTexts()).join("\n").trim();
  }

  /** The bar that runs while the view has something to wait for. */
  get progress(): Locator {
    return this.#pane.locator(".monaco-progress-container.active");
  }

  async rows(): Promise<readonly TreeRow[]> {
    return this.#pane.locator(".monaco-list-row").evaluateAll((elements) =>
      elements
        .map((element) => {
          const icon = element.querySelector<HTMLElement>(".custom-view-tree-node-item-icon");
          const expanded = element.getAttribute("aria-expanded");
          const row = {
            label: element.querySelector(".label-name")?.textContent ?? "",
            description: element.querySelector(".label-description")?.textContent ?? "",
            ariaLabel: element.getAttribute("aria-label") ?? "",
            level: Number(element.getAttribute("aria-level")),
            expanded: expanded === null ? undefined : expanded === "true",
            selected: element.getAttribute("aria-selected") === "true",
            icon:
              /codicon-(?!modifier)([\w-]+)/.exec(icon?.className ?? "")?.[1] ??
              /([\w-]+)\.svg\b/.exec(decodeURIComponent(icon?.style.backgroundImage ?? ""))?.[1],
            iconColor: icon === null ? undefined : getComputedStyle(icon).color,
          };
          return { row, index: Number(element.getAttribute("data-index")) };
        })
        .sort((a, b) => a.index - b.index)
        .map(({ row }) => row),
    );
  }

  /** The first row whose label is, or matches, `label`, once there is one. */
  async row(label: string | RegExp): Promise<TreeRow> {
    return eventually(async () => {
      const rows = await this.rows();
      const row = rows.find((candidate) => isLabel(candidate.label, label));
      if (row === undefined) throw new Error(`No row ${String(label)} among: ${rows.map((r) => r.label).join(" | ")}`);
      return row;
    });
  }

  /** The text of a row that isn't cut off, by where its characters are on the screen. */
  async visibleText(label: string | RegExp): Promise<string> {
    return this.#element(label).evaluate((row) => {
      /** Where the row's text is cut off, with room for the ellipsis. */
      const limit = (element: Element): number => {
        let right = row.getBoundingClientRect().right;
        for (
          let parent = element.parentElement;
          parent !== null && row.contains(parent);
          parent = parent.parentElement
        ) {
          if (getComputedStyle(parent).overflowX === "visible") continue;
          const ellipsis = parent.scrollWidth > parent.clientWidth ? 14 : 0;
          right = Math.min(right, parent.getBoundingClientRect().right - ellipsis);
        }
        return right;
      };
      const parts: string[] = [];
      for (const element of row.querySelectorAll(".label-name, .label-description")) {
        const right = limit(element);
        let visible = "";
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const range = document.createRange();
          for (let index = 0; index < (node.nodeValue ?? "").length; index++) {
            range.setStart(node, index);
            range.setEnd(node, index + 1);
            const box = range.getBoundingClientRect();
            if (box.width > 0 && box.right <= right + 0.5) visible += (node.nodeValue ?? "").charAt(index);
          }
        }
        if (visible !== "") parts.push(visible);
      }
      return parts.join(" ");
    });
  }

  async expand(label: string | RegExp): Promise<void> {
    await this.#setExpanded(label, true);
  }

  async collapse(label: string | RegExp): Promise<void> {
    await this.#setExpanded(label, false);
  }

  async select(label: string | RegExp, options: { readonly adding?: boolean } = {}): Promise<void> {
    const modifiers = options.adding === true ? (["ControlOrMeta"] as const) : [];
    await this.#element(label)
      .locator(".label-name")
      .click({ modifiers: [...modifiers] });
  }

  async hover(label: string | RegExp): Promise<string> {
    return hoverText(this.#page, this.#element(label).locator(".label-name"));
  }

  async openContextMenu(label: string | RegExp): Promise<ContextMenu> {
    return ContextMenu.open(this.#page, this.#element(label).locator(".label-name"));
  }

  /** Drags one row onto another. */
  async drag(label: string | RegExp, onto: string | RegExp): Promise<void> {
    await this.#element(label).dragTo(this.#element(onto));
  }

  /** Turns the wheel over the rows. @param deltaY in pixels */
  async scroll(deltaY: number): Promise<void> {
    // A row may be under the sticky ones.
    await this.#pane.locator(".pane-body").hover();
    await this.#page.mouse.wheel(0, deltaY);
  }

  /** Clicks the button `title` that a row shows when the pointer is on it. */
  async clickInlineAction(label: string | RegExp, title: string): Promise<void> {
    const row = this.#element(label);
    await row.hover();
    await row.locator(`.actions .action-label[aria-label=${JSON.stringify(title)}]`).click();
  }

  /** Clicks where the button is, and again at the same place after a pause in milliseconds, whatever is there then. */
  async clickInlineActionTwice(label: string | RegExp, title: string, pauseMs: number): Promise<void> {
    const row = this.#element(label);
    await row.hover();
    const button = row.locator(`.actions .action-label[aria-label=${JSON.stringify(title)}]`);
    const box = await button.boundingBox();
    if (box === null) throw new Error(`No button ${title}`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.#page.mouse.click(x, y);
    await this.#page.waitForTimeout(pauseMs);
    await this.#page.mouse.click(x, y);
  }

  /** Clicks the button `title` in the view's title bar; the only view of a container has its buttons in the container's. */
  async clickTitleAction(title: string): Promise<void> {
    // A label may end with a keyboard shortcut.
    const button = `.action-label:is([aria-label=${JSON.stringify(title)}], [aria-label^=${JSON.stringify(`${title} (`)}])`;
    const header = this.#pane.locator(".pane-header");
    if (await header.isVisible()) await header.hover();
    // Rows may have a button of the same name.
    await header
      .locator(button)
      .or(this.#page.locator(`.sidebar > .title ${button}`))
      .filter({ visible: true })
      .click();
  }

  async #setExpanded(label: string | RegExp, expanded: boolean): Promise<void> {
    const row = this.#element(label);
    await row.waitFor();
    if ((await row.getAttribute("aria-expanded")) !== String(expanded)) await row.locator(".monaco-tl-twistie").click();
    await eventually(async () => {
      const rows = await this.rows();
      const index = rows.findIndex((candidate) => isLabel(candidate.label, label));
      const hasChildren = (rows[index + 1]?.level ?? 0) > (rows[index]?.level ?? 0);
      if (hasChildren !== expanded) throw new Error(`Row ${String(label)} shows ${expanded ? "no" : "its"} children.`);
    });
  }

  #element(label: string | RegExp): Locator {
    const pattern = typeof label === "string" ? new RegExp(`^${escaped(label)}$`) : label;
    const name = this.#page.locator(".label-name", { hasText: pattern });
    return this.#pane.locator(".monaco-list-row").filter({ has: name }).first();
  }
}

function isLabel(text: string, label: string | RegExp): boolean {
  return typeof label === "string" ? text === label : label.test(text);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
