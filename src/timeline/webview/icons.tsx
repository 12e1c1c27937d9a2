// The toolbar's icons, 16 pixels wide, in the colour of the text around them.
import type { VNode } from "preact";

const paths = {
  zoomIn: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14M7 5v4M5 7h4",
  zoomOut: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14M5 7h4",
  showAll: "M2.5 3v10M13.5 3v10M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6",
  chart: "M2.5 2.5v11h11M5 4.5h4M7 7.5h5M5 10.5h3",
  image: "M8 2.5v7M5 6.8l3 3 3-3M2.5 10.5v3h11v-3",
  csv: "M9.5 2.5h-6v11h9v-8zM9.5 2.5v3h3M5.5 8.5h5M5.5 11h5",
  reveal: "M2.5 3.5h4M5.5 8h4M5.5 12.5h4M3.5 5v7.5h1.500M3.5 8h1.500M11 6l2.500 2-2.500 2",
  history: "M8 5v3.200l2.300 1.300M3 8a5 5 0 1 0 1.500-3.500L3 6M3 3v3h3",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
