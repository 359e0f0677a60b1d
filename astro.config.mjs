import cloudflare from '@astrojs/cloudflare';
import { defineConfig } from 'astro/config';
import { locales } from './languages/built.ts';
import { headersForBuiltFiles, nodeServer, pagesIn, serviceWorker } from './scripts/astro-integrations.ts';
import { astroStateAsKnown } from './scripts/astro-state.ts';

const target = process.env.TARGET === 'cloudflare' ? 'cloudflare' : 'node';
const onCloudflare = target === 'cloudflare';

export default defineConfig({
  output: 'server',
  outDir: `./dist/${target}`,
  adapter: onCloudflare
    ? cloudflare({ imageService: 'passthrough', prerenderEnvironment: 'node' })
    : nodeServer(),
  integrations: [
    astroStateAsKnown(),
    pagesIn(locales),
    serviceWorker(),
    ...(onCloudflare ? [headersForBuiltFiles()] : []),
  ],
  session: false,
  // Words of neighbouring elements stay apart for readers without styles.
  compressHTML: true,
  trailingSlash: 'ignore',
  build: { format: 'file', inlineStylesheets: 'never' },
  // The pipeline checks the origin of every unsafe request itself, also where a proxy changes the scheme.
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
  // A script within a page would be refused by the policy of the page.
  vite: { build: { assetsInlineLimit: 0 }, plugins: [sameStylesEverywhere()] },
});

/**
 * Both platforms inline the same bytes of style, in the syntax that browsers of early 2021 read; set by hand, since
 * returned lists are added to the adapter's own.
 */
function sameStylesEverywhere() {
  const cssTarget = ['chrome88', 'firefox85', 'safari14.1'];
  return {
    name: 'same-styles-everywhere',
    enforce: 'post',
    configEnvironment(_name, options) {
      options.build = { ...options.build, cssMinify: 'lightningcss', cssTarget };
    },
  };
}
