import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { headersFile, securityHeaders } from '../functions/http/headers.ts';

/** Every page once more under each further language's code; the page reads its language from its address. */
export function localisedRoutes({ languages }: { languages: string[] }): AstroIntegration {
  return {
    name: 'localised-routes',
    hooks: {
      'astro:config:setup': ({ config, injectRoute }) => {
        const pages = fileURLToPath(new URL('./pages/', config.srcDir));
        const files = readdirSync(pages, { recursive: true, encoding: 'utf8' });
        for (const file of files.filter((name) => /\.(astro|ts)$/.test(name))) {
          const path = file.replace(/\.(astro|ts)$/, '').replace(/(^|\/)index$/, '');
          for (const language of languages) {
            injectRoute({
              pattern: `/${language}/${path}`.replace(/\/$/, ''),
              entrypoint: `${pages}${file}`,
            });
          }
        }
      },
    },
  };
}

/** Our own Node adapter: the entry is `functions/server.ts`, which serves built files from memory. */
export function nodeServer(): AstroIntegration {
  return {
    name: 'node-server',
    hooks: {
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'node-server',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('../functions/server.ts', import.meta.url),
          adapterFeatures: { buildOutput: 'server', middlewareMode: 'classic' },
          supportedAstroFeatures: {
            hybridOutput: 'stable',
            staticOutput: 'stable',
            serverOutput: 'stable',
            envGetSecret: 'stable',
          },
        }),
    },
  };
}

/** Writes `_headers` for a platform that serves built files before the Worker runs. */
export function headersForBuiltFiles(): AstroIntegration {
  return {
    name: 'headers-for-built-files',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const page = readFileSync(new URL('./404.html', dir), 'utf8');
        const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
        const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
        writeFileSync(new URL('./_headers', dir), headersFile(securityHeaders({ styleHash })));
      },
    },
  };
}
