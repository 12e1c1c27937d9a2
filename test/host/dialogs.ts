// Answers the editor's dialogs: in a host under test they are refused.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";

/** What was said or asked, and what could be answered. */
export interface Asked {
  readonly kind: "error" | "warning" | "information" | "input" | "pick";
  readonly text: string;
  readonly detail?: string | undefined;
  readonly isModal?: boolean;
  readonly choices: readonly string[];
}

/** Chooses among the choices or, for an input, says what is typed; `undefined` turns away. */
type Answer = (asked: Asked) => string | undefined | Promise<string | undefined>;

const turnAway: Answer = () => undefined;

const stoodIn = [
  "showErrorMessage",
  "showWarningMessage",
  "showInformationMessage",
  "showInputBox",
  "showQuickPick",
  "createInputBox",
  "createQuickPick",
] as const;

type Window = Record<(typeof stoodIn)[number], unknown>;

export class Dialogs {
  readonly asked: Asked[] = [];
  private readonly answers: Answer[] = [];
  private readonly window = vscode.window as unknown as Window;
  private readonly originals = stoodIn.map((name) => [name, this.window[name]] as const);

  constructor() {
    this.window.showErrorMessage = this.message("error");
    this.window.showWarningMessage = this.message("warning");
    this.window.showInformationMessage = this.message("information");
    this.window.showInputBox = (options: vscode.InputBoxOptions) => this.input(options);
    this.window.showQuickPick = (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) =>
      this.pick(items, options);
    const { createInputBox, createQuickPick } = vscode.window;
    this.window.createInputBox = () => this.typedInto(createInputBox());
    this.window.createQuickPick = () => this.chosenFrom(createQuickPick());
  }

  /** Sets the answer to the next question; without one it is canceled. */
  next(answer: Answer | string): void {
    this.answers.push(typeof answer === "string" ? () => answer : answer);
  }

  /** The only message since the last call. */
  only(): Asked {
    const [first, ...rest] = this.asked.splice(0);
    assert.ok(first !== undefined, "nothing was said or asked");
    assert.deepEqual(rest, [], "more was said than one thing");
    return first;
  }

  dispose(): void {
    for (const [name, original] of this.originals) this.window[name] = original;
  }

  private message(kind: "error" | "warning" | "information") {
    return async (text: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
      const options = rest.find((one): one is vscode.MessageOptions => typeof one === "object");
      const choices = rest.filter((one) => typeof one === "string");
      const isModal = options?.modal ?? false;
      return this.answer({ kind, text, detail: options?.detail, isModal, choices });
    };
  }

  private async input(options: vscode.InputBoxOptions): Promise<string | undefined> {
    const { title = "", prompt, value = "" } = options;
    const text = await this.answer({ kind: "input", text: title, detail: prompt, choices: [value] });
    if (text !== undefined)
      assert.equal((await options.validateInput?.(text)) ?? undefined, undefined, `${text} is valid`);
    return text;
  }

  private async pick(
    items: readonly vscode.QuickPickItem[],
    options: vscode.QuickPickOptions,
  ): Promise<vscode.QuickPickItem | vscode.QuickPickItem[] | undefined> {
    const choices = items.map(({ label }) => label);
    const label = await this.answer({ kind: "pick", text: options.title ?? "", choices });
    const item = items.find((one) => one.label === label);
    assert.ok(label === undefined || item !== undefined, `no such choice: ${String(label)}`);
    return item !== undefined && options.canPickMany === true ? [item] : item;
  }

  /** The real input, answered when it is shown. */
  private typedInto(input: vscode.InputBox): vscode.InputBox {
    return this.answered(input, async () => {
      const text = await this.answer({
        kind: "input",
        text: input.title ?? "",
        detail: input.prompt,
        choices: [input.value],
      });
      if (text !== undefined) input.value = text;
      return text !== undefined;
    });
  }

  private chosenFrom(pick: vscode.QuickPick<vscode.QuickPickItem>): vscode.QuickPick<vscode.QuickPickItem> {
    return this.answered(pick, async () => {
      const choices = pick.items.map(({ label }) => label);
      const label = await this.answer({ kind: "pick", text: pick.title ?? "", detail: pick.placeholder, choices });
      const item = pick.items.find((one) => one.label === label);
      assert.ok(label === undefined || item !== undefined, `no such choice: ${String(label)} of ${choices.join(", ")}`);
      if (item !== undefined) pick.activeItems = [item];
      return item !== undefined;
    });
  }

  /** @param prepare sets the answer before the input is shown; `false`: cancels */
  private answered<Input extends vscode.QuickInput>(input: Input, prepare: () => Promise<boolean>): Input {
    const show = input.show.bind(input);
    const showAnswered = async (): Promise<void> => {
      const isAnswered = await prepare();
      show();
      if (isAnswered) await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      else input.hide();
    };
    input.show = () => void showAnswered();
    return input;
  }

  private async answer(asked: Asked): Promise<string | undefined> {
    this.asked.push(asked);
    const isQuestion =
      asked.kind === "input" || asked.kind === "pick" || asked.isModal === true || asked.choices.length > 0;
    return isQuestion ? (this.answers.shift() ?? turnAway)(asked) : undefined;
  }
}
