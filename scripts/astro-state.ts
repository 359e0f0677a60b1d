import { createHash } from 'node:crypto';
import type { AstroIntegration } from 'astro';
import { FetchState } from 'astro/fetch';

/**
 * `src/page-state.ts` replaces parts of Astro's state of a request that no documentation promises. A release of Astro in
 * which one of them reads otherwise is not built with: what the new text does has to be looked at first.
 */
export function assertAstroState(state: State = FetchState): void {
  const changed = changedMethods(state);
  if (changed.length === 0) return;
  throw new Error(
    `Astro's state of a request is not the one that src/page-state.ts was written for: ${changed.join(', ')}. ` +
      'Compare astro/dist/core/fetch/fetch-state.js with the one of the release before, mend src/page-state.ts where it has to ' +
      'follow, then write the hashes told here into scripts/astro-state.ts (docs/decisions/0027-tricks.md).',
  );
}

/** Stops a build as {@link assertAstroState} says. */
export function astroStateAsKnown(): AstroIntegration {
  return { name: 'astro-state-as-known', hooks: { 'astro:build:start': () => assertAstroState() } };
}

interface State {
  prototype: object;
}

/** Methods that are overridden, that call those, or that what stands in for them has to keep up with: hashes of their texts. */
const methods: Readonly<Record<string, string>> = {
  createAstro: '1ffc783933e271d2',
  createAstroPagePartial: '35dcd798ffe826a4',
  getActionAPIContext: '246be8e1241b9228',
  getAPIContext: 'e475d2e958d98284',
  defineProviderGetters: 'cb50f6e52d9616a8',
};

function changedMethods({ prototype }: State): string[] {
  return Object.entries(methods).flatMap(([name, known]) => {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== 'function') return `${name} is gone`;
    const hash = createHash('sha256').update(String(method)).digest('hex').slice(0, 16);
    return hash === known ? [] : `${name} reads otherwise (${hash})`;
  });
}
