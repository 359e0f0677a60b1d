import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { headersFile, securityHeaders } from '../functions/http/headers.ts';

/** Each page of the build once more in each language but the first; it reads its language from the end of its path. */
export function pagesIn(languages: readonly string[]): AstroIntegration {
  return {
    name: 'pages-in-languages',
    hooks: {
      'astro:config:setup': ({ command, config, injectRoute }) => {
        const page = (name: string) => fileURLToPath(new URL(`./pages/${name}.astro`, config.srcDir));
        for (const name of ['busy', 'refused']) {
          for (const language of languages.slice(1))
            injectRoute({ pattern: `/${name}/${language}`, entrypoint: page(name) });
        }
        // While developing, an address without a route of its own is handed on without its cookies.
        if (command === 'dev')
          for (const language of languages)
            injectRoute({ pattern: `/${language}/[...path]`, entrypoint: page('index') });
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
