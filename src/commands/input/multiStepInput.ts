// Input in several steps, with a back button, as in the editor's own multi-step inputs.
import * as vscode from "vscode";
import { escapeLinks } from "../../messages";

/** The user wants to go back to the previous step. */
const back = Symbol("back");

/** `undefined`: the user canceled. */
export type Answer<T> = T | typeof back | undefined;

/** The position of a step in the sequence. */
export interface StepPosition {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Asks, and stores the answer. Returns whether to continue, go back or cancel; `skip`: there was nothing to ask. */
export type InputStep = (position: StepPosition) => Promise<"next" | "skip" | typeof back | undefined>;

/** @param isCounted `false` if a step may be skipped: a count would be wrong @returns whether all steps were answered */
export async function runMultiStepInput(
  title: string,
  steps: readonly InputStep[],
  isCounted = true,
): Promise<boolean> {
  let direction = 1;
  for (let index = 0; ; index += direction) {
    const ask = steps[index];
    if (ask === undefined) return index > 0;
    const outcome = await ask({ title, step: index + 1, totalSteps: isCounted ? steps.length : 1 });
    if (outcome === undefined) return false;
    if (outcome !== "skip") direction = outcome === back ? -1 : 1;
  }
}

export interface TextInputOptions {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** Returns an error message for invalid text, else `undefined`. */
  readonly validate?: (text: string) => string | undefined;
}

export async function askText(position: StepPosition, options: TextInputOptions): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  const check = (): boolean => {
    const problem = options.validate?.(input.value);
    input.validationMessage = problem === undefined ? undefined : escapeLinks(problem);
    return input.validationMessage === undefined || input.validationMessage === "";
  };
  input.prompt = options.prompt;
  input.value = options.value ?? "";
  input.placeholder = options.placeholder;
  return show<string>(input, position, (answer) => [
    input.onDidChangeValue(check),
    input.onDidAccept(() => {
      if (check()) answer(input.value);
    }),
  ]);
}

export interface PickOptions<Item extends vscode.QuickPickItem> {
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** Creates an item from typed text that isn't in the list, or returns `undefined` if the text isn't valid. */
  readonly itemFor?: (text: string) => Item | undefined;
}

export async function askPick<Item extends vscode.QuickPickItem>(
  position: StepPosition,
  { placeholder, items, itemFor }: PickOptions<Item>,
): Promise<Answer<Item>> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.placeholder = placeholder;
  pick.items = items;
  pick.matchOnDescription = true;
  return show<Item>(pick, position, (answer) => [
    pick.onDidChangeValue((text) => {
      const typed = text.trim() === "" ? undefined : itemFor?.(text.trim());
      const isListed = items.some((item) => item.label === typed?.label && item.description === typed.description);
      pick.items = typed === undefined || isListed ? items : [...items, { ...typed, alwaysShow: true }];
    }),
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined) answer(item);
    }),
  ]);
}

/** Shows the input until it is answered, hidden or left with the back button, then disposes of it. */
function show<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps }: StepPosition,
  listen: (answer: (value: T) => void) => readonly vscode.Disposable[],
): Promise<Answer<T>> {
  input.title = title;
  // With two steps, the second may be skipped: a step count would be wrong.
  if (totalSteps > 2) {
    input.step = step;
    input.totalSteps = totalSteps;
  }
  // The typed text must be kept when the user switches to a terminal.
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Answer<T>>((resolve) => {
    const disposables = [
      input,
      input.onDidTriggerButton(() => {
        settle(back);
      }),
      input.onDidHide(() => {
        settle(undefined);
      }),
      ...listen((value) => {
        settle(value);
      }),
    ];
    const settle = (answer: Answer<T>): void => {
      resolve(answer);
      for (const disposable of disposables) disposable.dispose();
    };
    input.show();
  });
}
