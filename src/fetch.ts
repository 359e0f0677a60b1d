import { astro, FetchState } from 'astro/fetch';
import { Hono } from 'hono';
import { dropBody } from '../functions/ground/http/request-body.ts';
import type { ExecutionContext, SiteDeps } from './pipeline/deps.ts';
import { finishAnswer } from './pipeline/finish-answer.ts';
import { answerGet, answerPost } from './pipeline/get-and-post.ts';
import { answerIcon, answerMaskable } from './pipeline/icon.ts';
import { answerManifest } from './pipeline/manifest.ts';
import { answerPicture } from './pipeline/picture.ts';
import { answerRobots, answerSitemap } from './pipeline/search-engines.ts';
import { answerFailure } from './pipeline/when-it-fails.ts';

export interface Site {
  fetch: (request: Request, env: object, context: ExecutionContext) => Response | Promise<Response>;
}

const apiAddress = /^[a-z]+:\/\/[^/?#]*\/(?:(?:api|webhooks)(?:[/?#]|$)|(?:healthz|readyz)(?:[?#]|$))/;

/** The whole server: the API, whose answers are final, and the pages with whoever is signed in. */
export function createSite(deps: SiteDeps): Site {
  const pages = createPages(deps);
  return {
    fetch: (request, env, context) => {
      const answer = (apiAddress.test(request.url) ? deps.api : pages).fetch(request, env, context);
      return request.method === 'GET' ? answer : afterItsRequest(request, answer);
    },
  };
}

/** A refusal is not given before its request is over; see `dropBody`. */
async function afterItsRequest(request: Request, answering: Response | Promise<Response>): Promise<Response> {
  const answer = await answering;
  if (!answer.ok) await dropBody(request);
  return answer;
}

/** `Bindings` are what the platform hands to `fetch`. */
interface PlatformEnv {
  Bindings: object;
}

function createPages(deps: SiteDeps): Hono<PlatformEnv> {
  const site = new Hono<PlatformEnv>();
  site.use(finishAnswer);
  site.get('/robots.txt', (c) => answerRobots(c, deps));
  site.get('/icon.svg', (c) => answerIcon(c, deps));
  site.get('/icon-maskable.svg', (c) => answerMaskable(c, deps));
  site.get('/logo/:name', (c) => answerPicture(c, deps.findLogo));
  site.get('/faces/:name', (c) => answerPicture(c, deps.findFace));
  site.get('/pictures/:name', (c) => answerPicture(c, deps.findPicture));
  site.get('/manifest.webmanifest', (c) => answerManifest(c, deps));
  site.get('/sitemap.xml', (c) => answerSitemap(c, deps));
  site.get('*', (c) => answerGet(c, deps));
  site.post('*', (c) => answerPost(c, deps));
  site.onError((error, c) => answerFailure(error, c.req.path, deps));
  site.notFound((c) => c.text('Method not allowed.', 405, { Allow: 'GET, HEAD, POST' }));
  return site;
}

/** `astro dev`, which serves the database of the environment; a build renders no page. */
export default {
  async fetch(request: Request): Promise<Response> {
    if (!import.meta.env.DEV) return astro(new FetchState(request));
    const { developmentSite } = await import('./development.ts');
    const site = await developmentSite();
    return site.fetch(
      request,
      {},
      {
        waitUntil: () => undefined,
        passThroughOnException: () => undefined,
        props: {},
      },
    );
  },
};
