import { startBackgroundRunner } from '../functions/desk/cli/background-runner.ts';
import { prepare, readSettings } from '../functions/desk/cli/context.ts';
import { openNode } from '../functions/serve.ts';
import type { Site } from './fetch.ts';
import { portal } from './portal.config.ts';
import { buildSite } from './site.ts';

/** The site of `astro dev` over the database of the environment, opened once. */
export function developmentSite(): Promise<Site> {
  opening ??= open();
  return opening;
}

let opening: Promise<Site> | undefined;

async function open(): Promise<Site> {
  const { config, place } = readSettings({ usesSecret: true });
  const { deps, hits } = openNode(config, portal);
  await prepare(deps.openStore(), place);
  await startBackgroundRunner(config, deps.runtime);
  return buildSite(deps, {
    hits,
    connectionOf: () => ({
      platform: 'node',
      socketAddress: '127.0.0.1',
      trustedProxies: config.trustedProxies,
    }),
  });
}
