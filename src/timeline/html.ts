// The HTML page of the timeline's webview. It contains only its two files: all content comes as messages.

export interface PageParts {
  /** Where a webview's own files come from, as the editor names it. */
  readonly cspSource: string;
  /** Unguessable, and new for every page. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
}

export function timelineHtml({ cspSource, nonce, script, style, language }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" nonce="${escapeAttribute(nonce)}" href="${escapeAttribute(style)}">
  </head>
  <body>
    <div id="timeline"></div>
    <script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(script)}"></script>
  </body>
</html>
`;
}

function escapeAttribute(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
