/** The three faces of a rating, drawn so that they look the same everywhere. */
import type { Score } from "@dymek/wire";

const MOUTHS: Record<Score, string> = {
  good: "M7.500 13.800c1 1.900 2.600 2.900 4.500 2.900s3.500-1 4.500-2.900",
  neutral: "M8 15.200h8",
  bad: "M7.800 16.700c1-1.700 2.400-2.500 4.200-2.500s3.200.8 4.200 2.500",
};

export function Face({ score, size = 32 }: { score: Score; size?: number }) {
  return (
    <svg
      class={`face face--${score}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke-width="1.600"
      stroke-linecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <circle class="face__ground" cx="12" cy="12" r="10" />
      <path class="face__line" d={`M9 9.200v.6M15 9.200v.6${MOUTHS[score]}`} />
    </svg>
  );
}
