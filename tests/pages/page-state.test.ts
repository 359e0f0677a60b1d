import { FetchState } from 'astro/fetch';
import { beforeAll, describe, expect, test } from 'vitest';
import { assertAstroState } from '../../scripts/astro-state.ts';
import { PageState } from '../../src/page-state.ts';

/** As much of a build as a state asks for; it has no pages, so that an address leads to Astro's own page of a 404. */
const manifest = {
  ...{ routes: [], base: '/', trailingSlash: 'ignore', buildFormat: 'file', allowedDomains: [] },
  ...{
    logLevel: 'silent',
    site: 'https://club.example.com',
    assets: new Set(),
    componentMetadata: new Map(),
  },
};

beforeAll(async () => {
  const file = new URL('../../node_modules/astro/dist/core/manifest/ambient.js', import.meta.url);
  const ambient: { setAmbientManifest: (manifest: object) => void } = await import(file.href);
  ambient.setAmbientManifest(manifest);
});

function stateOf(State: typeof FetchState): FetchState {
  const headers = { Cookie: 'a=1', 'Accept-Language': 'uk' };
  const state = new State(new Request('https://club.example.com/nowhere?one=1', { headers }));
  Object.assign(state.locals, { visit: { name: 'Ann' } });
  return state;
}

const response = { status: 200, statusText: 'OK', headers: new Headers() };
function globalOf(state: FetchState, props: Record<string, unknown> = {}): object {
  const result = { response, _metadata: {} };
  return Reflect.apply(state.createAstro, state, [result, props, null, state.getActionAPIContext()]);
}

/** Every name that `object` answers to, with what it answers; of a function and what holds some, that there is one. */
function answersOf(object: object): Record<string, unknown> {
  const names: string[] = [];
  for (
    let one: unknown = object;
    one instanceof Object && one !== Object.prototype;
    one = Object.getPrototypeOf(one)
  )
    names.push(...Object.getOwnPropertyNames(one));
  const asked = [...new Set(names)].filter((name) => name !== 'constructor').sort();
  return Object.fromEntries(asked.map((name) => [name, answerOf(object, name)]));
}

const plain = ['locals', 'params', 'props', 'url', 'site', 'isPrerendered', 'routePattern', 'originPathname'];
function answerOf(object: object, name: string): unknown {
  try {
    const value: unknown = Reflect.get(object, name);
    return value instanceof Object && !plain.includes(name) ? value.constructor.name : value;
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
}

describe('a page is told', () => {
  test('the same by its context as by Astro’s own', () => {
    const [ours, own] = [PageState, FetchState].map((State) => stateOf(State).getActionAPIContext());
    const told = answersOf(own ?? {});
    expect(Object.keys(told).length).toBeGreaterThan(10);
    expect(answersOf(ours ?? {})).toMatchObject(told);
  });

  test('the same by the global of its components as by Astro’s own', () => {
    const [ours, own] = [PageState, FetchState].map((State) => globalOf(stateOf(State), { size: 'large' }));
    // Each component sets `self` itself.
    const { self: _, ...told } = answersOf(own ?? {});
    expect(told).toMatchObject({ props: { size: 'large' }, locals: { visit: { name: 'Ann' } } });
    expect(answersOf(ours ?? {})).toMatchObject(told);
  });
});

describe('a build', () => {
  test('goes on with the Astro that we know', () => {
    expect(() => assertAstroState()).not.toThrow();
  });

  test.each([
    [
      'another text',
      { createAstro: () => null },
      /src\/page-state\.ts .*createAstro reads otherwise \([0-9a-f]{16}\)/,
    ],
    [
      'no such method',
      { getActionAPIContext: undefined },
      /src\/page-state\.ts .*getActionAPIContext is gone/,
    ],
  ])('ends where Astro has %s', (_, changed, message) => {
    const prototype = Object.assign(Object.create(FetchState.prototype), changed);
    expect(() => assertAstroState(Object.assign(() => null, { prototype }))).toThrow(message);
  });
});
