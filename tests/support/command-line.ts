import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';
import { cliSource } from './cli.ts';
import { repository } from './process.ts';

/**
 * Before tests that call the command line hundreds of times: puts what is now `functions/cli.ts` into few files, which
 * start in a third of the time, and tells the tests by `REGULARS_CLI`. What is returned takes them away.
 */
export default async function bundleCommandLine(): Promise<() => void> {
  if (process.env.REGULARS_CLI !== undefined) return () => undefined;
  mkdirSync(`${repository}.tmp`, { recursive: true });
  const folder = mkdtempSync(`${repository}.tmp/cli-`);
  const bundled = join(folder, 'cli.mjs');
  await build({
    entryPoints: [cliSource],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['libsql', '@libsql/*', 'astro/*'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [ownAddresses],
    logLevel: 'warning',
  });
  await stop();
  process.env.REGULARS_CLI = bundled;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A file that looks for others beside it finds them where it was. */
const ownAddresses: Plugin = {
  name: 'own addresses',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const own = JSON.stringify(pathToFileURL(path).href);
      return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', own), loader: 'ts' };
    }),
};
