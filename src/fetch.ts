import { getLogger } from '@logtape/logtape';
import { astro, FetchState, pages as renderPage, trailingSlash } from 'astro/fetch';
import { type Context, Hono } from 'hono';
import { StoreUnavailable } from '../db/store.ts';
import type { WaitUntil } from '../functions/http/api.ts';
import { formToken, hasNoOrigin, isFormToken } from '../functions/http/form-token.ts';
import { securityHeaders } from '../functions/http/headers.ts';
import { isFromOwnPages } from '../functions/http/origin.ts';
import { robotsText, sitemapText } from '../functions/http/search-engines.ts';
import type { Config } from '../functions/platform/config.ts';
import { AppError } from '../functions/platform/errors.ts';
import { reasonOf } from '../functions/platform/reason-of.ts';
import { withFormToken } from './form-tokens.ts';
import { readWholeForm } from './forms.ts';
import { localeOf, locales, localPath } from './locale.ts';
import { PageState } from './page-state.ts';
import { styleHash } from './styles/sheet.ts';
import type { Visit } from './visit.ts';

/** What the site is built upon: the API beside it, who is asking, and the files of the build. */
export interface SiteDeps {
  api: {
    fetch: (request: Request, env?: object, context?: ExecutionContext) => Response | Promise<Response>;
  };
  openVisit: (request: Request, env: unknown, waitUntil: WaitUntil) => Promise<Visit>;
  /** Where forms may be posted from, and what signs their tokens. */
  config: Pick<Config, 'publicUrl' | 'host' | 'secret'>;
  now: () => number;
  builtPage: (path: string) => Promise<Response | null>;
}

/** Mail programs post here on their reader's behalf (RFC 8058): the token in the address counts, and no cookie. */
const unsubscribeAddress = /^(?:\/uk)?\/mail\/unsubscribe$/;

type ExecutionContext = Context['executionCtx'];

/** `Bindings` are what the platform hands to `fetch`. */
interface PlatformEnv {
  Bindings: object;
}

export interface Site {
  fetch: (request: Request, env: object, context: ExecutionContext) => Response | Promise<Response>;
}

const headers = Object.entries(securityHeaders({ styleHash }));
/** What search engines may show; everything else says noindex. */
const publicPages = ['/', '/how-it-works', '/join', '/sign-in', '/privacy', '/voices', '/changes'];
const apiAddress = /^[a-z]+:\/\/[^/?#]*\/(?:(?:api|webhooks)(?:[/?#]|$)|(?:healthz|readyz)(?:[?#]|$))/;

/** The whole server: the API, whose answers are final, and the pages with whoever is signed in. */
export function createSite(deps: SiteDeps): Site {
  const pages = createPages(deps);
  return {
    fetch: (request, env, context) =>
      (apiAddress.test(request.url) ? deps.api : pages).fetch(request, env, context),
  };
}

function createPages(deps: SiteDeps): Hono<PlatformEnv> {
  const site = new Hono<PlatformEnv>();
  site.use(async (c, next) => {
    await next();
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });
  const { publicUrl } = deps.config;
  const sitemap = sitemapText(publicUrl, publicPages, (path) =>
    locales.map((language) => ({ language, path: localPath(path, language) })),
  );
  site.get('/robots.txt', (c) => c.text(robotsText(publicUrl)));
  site.get('/sitemap.xml', (c) => c.body(sitemap, 200, { 'Content-Type': 'application/xml; charset=utf-8' }));
  site.get('*', (c) => answerForm(c, deps));
  site.post('*', (c) => answerPost(c, deps));
  site.onError((error, c) => answerFailure(error, c.req.path, deps));
  site.notFound((c) => c.text('Method not allowed.', 405, { Allow: 'GET, HEAD, POST' }));
  return site;
}

/** What a form sends, unless it comes from another site. */
async function answerPost(c: Context, deps: SiteDeps): Promise<Response> {
  const { raw: request, path } = c.req;
  const isOurs = isFromOwnPages(request, deps.config) || unsubscribeAddress.test(path);
  if (!isOurs && !hasNoOrigin(request)) return c.text('This form was sent from another site.', 403);
  const form = await readWholeForm(request);
  if (!form.ok) return c.text(form.problem, form.status);
  if (!isOurs && !isFormToken(form.token, { request, config: deps.config, now: deps.now() }))
    return c.text('This form is no longer valid. Go back, load the page again and send it once more.', 403);
  return answerForm(c, deps, form.request);
}

/** A page; its forms carry a token for a browser that will not say where they are sent from. */
async function answerForm(c: Context, deps: SiteDeps, request = c.req.raw): Promise<Response> {
  const page = await answerPage(c, deps, request);
  if (!hasNoOrigin(request)) return page;
  return withFormToken(page, { token: formToken(request, deps.config, deps.now()), url: request.url });
}

/** A page that could not even be begun: nothing of the error is told. */
function answerFailure(error: Error, path: string, deps: SiteDeps): Response | Promise<Response> {
  getLogger(['regulars']).error('A page failed: {reason}', { reason: reasonOf(error) });
  if (isBusy(error)) return busy(path, deps);
  return new Response('Something went wrong.', {
    status: 500,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

/** Whether it may go well in a moment: the database or the file store does not answer, or too many change one thing. */
const isBusy = (error: unknown) =>
  error instanceof StoreUnavailable || (error instanceof AppError && error.code === 'unavailable');

/** The database does not answer: a page of the build, which needs none. */
async function busy(path: string, { builtPage }: SiteDeps): Promise<Response> {
  const page = await builtPage(localPath('/busy', localeOf(path)));
  return new Response(page?.body ?? 'The portal is busy. Please try again in a moment.', {
    status: 503,
    headers: {
      'Content-Type': `text/${page ? 'html' : 'plain'}; charset=utf-8`,
      'Cache-Control': 'no-store',
      'Retry-After': '2',
    },
  });
}

async function answerPage(c: Context, deps: SiteDeps, request = c.req.raw): Promise<Response> {
  const state = new PageState(request);
  if (!state.routeData) return notFound(state.pathname, deps);
  state.streaming = false;
  const visit = await deps.openVisit(request, c.env, waitUntilOf(c));
  const { report } = visit;
  const room = roomOf(state.pathname);
  if (room === 'account' && visit.joining) return toJoining(state);
  if (room === 'account' && !visit.customer) return toSignIn(state, '/sign-in');
  if (room === 'console' && !visit.staff)
    return toSignIn(state, visit.entrant ? '/sign-in/factor' : '/sign-in/staff');
  let isAway = false;
  let isHidden = false;
  visit.report = (error) => {
    isAway = isBusy(error);
    isHidden = error instanceof AppError && isNothing(error, request);
    return isHidden ? '' : report(error);
  };
  state.locals.visit = visit;
  const response = await render(state);
  // Astro's own pages of errors may still be on their way.
  if (response.status !== 404 && response.status !== 500) state.letGo();
  if (isAway) return busy(state.pathname, deps);
  if (isHidden || response.status === 404) return notFound(state.pathname, deps);
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store');
  return response;
}

/** The steps of Astro's pipeline that are used here: no middleware, actions, sessions or cached routes. */
async function render(state: FetchState): Promise<Response> {
  if (state.invalidEncoding) return new Response(null, { status: 400 });
  const redirect = trailingSlash(state);
  if (redirect) return redirect;
  const file = state.routeData?.component ?? '';
  state.componentInstance = loadedPages.get(file);
  const response = await renderPage(state);
  if (!import.meta.env.DEV && state.componentInstance) loadedPages.set(file, state.componentInstance);
  return response;
}

/** By their files: to import what is loaded already still goes the loader's whole way. */
const loadedPages = new Map<string, NonNullable<FetchState['componentInstance']>>();

/** What somebody may not see or do is not there for them, and an address that makes no sense leads nowhere. */
function isNothing({ status }: AppError, { method }: Request): boolean {
  return status === 401 || status === 403 || status === 404 || (status === 422 && method !== 'POST');
}

/** Whose rooms a page belongs to: the customer's, the staff's, or everybody's. */
const roomOf = (pathname: string) => /^(?:\/uk)?\/(account|console)(?:\.|\/|$)/.exec(pathname)?.[1] ?? null;

/** Where the reader wanted to go comes along, unless they were posting a form. */
function toSignIn({ request, url }: FetchState, page: string): Response {
  const next = request.method === 'POST' ? url.pathname : url.pathname + url.search;
  const location = `${localPath(page, localeOf(url.pathname))}?next=${encodeURIComponent(next)}`;
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' } });
}

/** Whose email is proven has one step to go. */
function toJoining({ url }: FetchState): Response {
  const location = localPath('/join/name', localeOf(url.pathname));
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' } });
}

async function notFound(pathname: string, { builtPage }: SiteDeps): Promise<Response> {
  const page = await builtPage(localPath('/404', localeOf(pathname)));
  return new Response(page?.body ?? 'Not found.', {
    status: 404,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

function executionContextOf(c: Context): ExecutionContext | undefined {
  try {
    return c.executionCtx;
  } catch {
    return undefined;
  }
}

function waitUntilOf(c: Context): WaitUntil {
  return (work) => void executionContextOf(c)?.waitUntil(work);
}

/** Prerendering, and `astro dev`, which serves the database of the environment. */
export default {
  async fetch(request: Request): Promise<Response> {
    if (!import.meta.env.DEV) return astro(new FetchState(request));
    const { developmentSite } = await import('../functions/development.ts');
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
