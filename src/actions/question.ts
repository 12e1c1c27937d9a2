// Questions asked one after the other, with a way back, as the editor's own pickers ask them.
import * as vscode from "vscode";

/** The person wants to see the question before this one again. */
const back = Symbol("back");

/** `undefined`: the person turned away. */
export type Answer<T> = T | typeof back | undefined;

/** Where a question stands in its row. */
export interface Position {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Asks, and keeps the answer. Goes on, back, or gives up as it says. */
export type Question = (position: Position) => Promise<"next" | typeof back | undefined>;

/** @returns whether all were answered */
export async function askInTurn(title: string, questions: readonly Question[]): Promise<boolean> {
  for (let index = 0; ;) {
    const question = questions[index];
    if (question === undefined) return true;
    const outcome = await question({ title, step: index + 1, totalSteps: questions.length });
    if (outcome === undefined) return false;
    index += outcome === back ? -1 : 1;
  }
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** What is wrong with the text, or `undefined`. */
  readonly validate?: (text: string) => string | undefined;
}

export async function askText(position: Position, question: TextQuestion): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  const check = (): boolean => {
    input.validationMessage = question.validate?.(input.value);
    return input.validationMessage === undefined || input.validationMessage === "";
  };
  input.prompt = question.prompt;
  input.value = question.value ?? "";
  input.placeholder = question.placeholder;
  return show<string>(input, position, (answer) => [
    input.onDidChangeValue(check),
    input.onDidAccept(() => {
      if (check()) answer(input.value);
    }),
  ]);
}

export interface PickQuestion<Item extends vscode.QuickPickItem> {
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** Makes an item of what was typed when it is none of the list, or `undefined` when no sense can be made of it. */
  readonly itemFor?: (text: string) => Item | undefined;
}

export async function askPick<Item extends vscode.QuickPickItem>(
  position: Position,
  { placeholder, items, itemFor }: PickQuestion<Item>,
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

/** Shows the input until it is answered, hidden, or left by its back button; then nothing of it stays. */
function show<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps }: Position,
  listen: (answer: (value: T) => void) => readonly vscode.Disposable[],
): Promise<Answer<T>> {
  input.title = title;
  // Of two questions the second may turn out to be needless: counting them would promise it.
  if (totalSteps > 2) {
    input.step = step;
    input.totalSteps = totalSteps;
  }
  // What was typed must survive a look at a pane's terminal.
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
