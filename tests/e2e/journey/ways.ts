import type { Way } from './person.ts';

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

/** A way to walk, and whether every run walks it or the long one alone: each takes a minute or two. */
export interface NamedWay {
  name: string;
  way: Way;
  isSkipped: boolean;
}

/** Every language, size and browser without script or with. `always` names those that no run leaves out. */
export function waysToWalk(always: readonly string[]): NamedWay[] {
  return (['en', 'uk'] as const).flatMap((language) =>
    (['phone', 'desktop'] as const).flatMap((size) =>
      [true, false].map((javaScriptEnabled) => {
        const name = `${language}, ${size}, ${javaScriptEnabled ? 'with' : 'without'} script`;
        const way = { language, viewport: sizes[size], javaScriptEnabled };
        return { name, way, isSkipped: process.env.SOAK !== '1' && !always.includes(name) };
      }),
    ),
  );
}
