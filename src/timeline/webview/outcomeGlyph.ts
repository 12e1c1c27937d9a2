// How an assignment ended, as a shape: outcomes aren't distinguished by colour alone.
import type { Outcome } from "../messages";
import type { Surface } from "./surface";

/** In CSS pixels, in both directions. */
export const glyphSize = 10;

/** Draws the glyph around a point. Something in flight has none. */
export function drawOutcome(surface: Surface, outcome: Outcome, x: number, y: number, color: string): void {
  const stroke = { color, width: 1.6 };
  switch (outcome) {
    case "open":
      return;
    case "completed":
      surface.lines([[x - 4, y], [x - 1.2, y + 3], [x + 4, y - 3.4]], stroke); // prettier-ignore
      return;
    case "failed":
      surface.lines([[x - 3.4, y - 3.4], [x + 3.4, y + 3.4]], stroke); // prettier-ignore
      surface.lines([[x - 3.4, y + 3.4], [x + 3.4, y - 3.4]], stroke); // prettier-ignore
      return;
    case "given-up":
      surface.circle(x, y, 3.8, { stroke });
      surface.lines([[x - 2.6, y + 2.6], [x + 2.6, y - 2.6]], stroke); // prettier-ignore
      return;
    case "stranded":
      surface.polygon([[x, y - 4.4], [x + 4.8, y + 4], [x - 4.8, y + 4]], { stroke: { color, width: 1.2 } }); // prettier-ignore
      surface.lines([[x, y - 1.4], [x, y + 1.2]], { color, width: 1.3 }); // prettier-ignore
      surface.lines([[x, y + 2], [x, y + 3.2]], { color, width: 1.3 }); // prettier-ignore
      return;
    case "agent-exited":
      surface.lines([[x - 2.6, y - 2.4], [x - 3.6, y + 0.4], [x - 2, y + 3.2], [x + 2, y + 3.2], [x + 3.6, y + 0.4], [x + 2.6, y - 2.4]], stroke); // prettier-ignore
      surface.lines([[x, y - 4.6], [x, y - 0.4]], stroke); // prettier-ignore
      return;
  }
}
