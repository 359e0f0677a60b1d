import type { Site } from '../src/fetch.ts';
import { buildSite } from '../src/site.ts';
import { prepare, readSettings } from './cli/context.ts';
import { openNode } from './serve.ts';

/** The site of `astro dev` over the database of the environment, opened once; pages of the build are not there. */
export function developmentSite(): Promise<Site> {
  opening ??= open();
  return opening;
}

let opening: Promise<Site> | undefined;

async function open(): Promise<Site> {
  const { config, place } = readSettings({ usesSecret: true });
  const { deps } = openNode(config);
  await prepare(deps.openStore(), place);
  return buildSite(deps, {
    connectionOf: () => ({
      platform: 'node',
      socketAddress: '127.0.0.1',
      trustedProxies: config.trustedProxies,
    }),
    builtPage: async () => null,
  });
}
