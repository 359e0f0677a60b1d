import { getLogger } from '@logtape/logtape';
import { astro, FetchState, pages as renderPage, trailingSlash } from 'astro/fetch';
import { type Context, Hono } from 'hono';
import { StoreUnavailable } from '../db/store.ts';
import { isSetUp } from '../functions/business/features.ts';
import type { WaitUntil } from '../functions/http/api.ts';
import type { BodyBudget } from '../functions/http/body-budget.ts';
import { formToken, hasNoOrigin, isFormToken } from '../functions/http/form-token.ts';
import { securityHeaders } from '../functions/http/headers.ts';
import { isFromOwnPages } from '../functions/http/origin.ts';
import { isOwnPage } from '../functions/http/own-pages.ts';
import { dropBody } from '../functions/http/request-body.ts';
import { robotsText, sitemapText } from '../functions/http/search-engines.ts';
import type { Config } from '../functions/platform/config.ts';
import { AppError } from '../functions/platform/errors.ts';
import { reasonOf } from '../functions/platform/reason-of.ts';
import { readAsked } from './asked.ts';
import { withFormToken } from './form-tokens.ts';
import { isUpload, readWholeForm } from './forms.ts';
import { addressOf, anyCode, builtPath, type Languages, readAddress } from './languages.ts';
import type { Speech } from './locale.ts';
import { PageState } from './page-state.ts';
import { isMailed } from './sections.ts';
import { styleHash } from './styles/sheet.ts';
import type { Visit } from './visit.ts';
import { roomOf, wayElsewhere } from './way-elsewhere.ts';

/** What the site is built upon: the API beside it, who is asking, and the files of the build. */
export interface SiteDeps {
  api: {
    fetch: (request: Request, env?: object, context?: ExecutionContext) => Response | Promise<Response>;
  };
  openVisit: (request: Request, env: unknown, waitUntil: WaitUntil) => Promise<Visit>;
  /** Where forms may be posted from, and what signs their tokens. */
  config: Pick<Config, 'publicUrl' | 'host' | 'secret'>;
  now: () => number;
  /** The languages as last known: for answers that the database has no part in. */
  lastLanguages: () => Languages;
  builtPage: (path: string) => Promise<Response | null>;
  /** What bodies may hold at once: of who is signed in, and of all others. */
  bodies: { named: BodyBudget; unnamed: BodyBudget };
}

/** Mail programs post here on their reader's behalf (RFC 8058): the token in the address counts, and no cookie. */
const unsubscribeAddress = new RegExp(`^${anyCode}/mail/unsubscribe$`);

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
const publicPages = ['/', '/how-it-works', '/club', '/voices', '/join', '/sign-in', '/privacy', '/changes'];
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

function createPages(deps: SiteDeps): Hono<PlatformEnv> {
  const site = new Hono<PlatformEnv>();
  site.use(async (c, next) => {
    await next();
    logRefusal(c.req.method, c.res);
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    if (c.res.headers.get('Content-Type') === 'text/html')
      c.res.headers.set('Content-Type', 'text/html; charset=utf-8');
  });
  const { publicUrl } = deps.config;
  site.get('/robots.txt', (c) => c.text(robotsText(publicUrl)));
  site.get('/sitemap.xml', async (c) => {
    const visit = await deps.openVisit(c.req.raw, c.env, waitUntilOf(c));
    const sitemap = sitemapText(
      publicUrl,
      publicPages.filter((path) => isSetUp(path, visit.features)),
      (path) =>
        visit.languages.map((language) => ({ language, path: addressOf(path, language, visit.languages) })),
    );
    return c.body(sitemap, 200, { 'Content-Type': 'application/xml; charset=utf-8' });
  });
  site.get('*', (c) => answerForm(c, deps));
  site.post('*', (c) => answerPost(c, deps));
  site.onError((error, c) => answerFailure(error, c.req.path, deps));
  site.notFound((c) => c.text('Method not allowed.', 405, { Allow: 'GET, HEAD, POST' }));
  return site;
}

/** What a form sends, unless it comes from another site. */
async function answerPost(c: Context, deps: SiteDeps): Promise<Response> {
  const { raw: request } = c.req;
  const isOurs = isFromOwnPages(request, deps.config) || unsubscribeAddress.test(c.req.path);
  if (!isOurs && !hasNoOrigin(request)) return c.text('This form was sent from another site.', 403);
  const visit = await deps.openVisit(request, c.env, waitUntilOf(c));
  const { speech, path } = readAsked(request, visit.languages);
  const elsewhere = wayElsewhere(visit, { path, address: new URL(request.url).pathname, speech });
  if (elsewhere) return elsewhere;
  const isNamed = visit.customer !== null || visit.staff !== null;
  if (!isNamed && isUpload(request)) {
    const mayNot = await visit.rooms.feedback.mayNotUpload();
    if (mayNot !== null)
      return c.text('No files are taken now.', 429, {
        'Retry-After': String(Math.max(1, mayNot.retry_after_s)),
      });
  }
  const form = await readWholeForm(request, isNamed ? deps.bodies.named : deps.bodies.unnamed);
  if (!form.ok) return c.text(form.problem, form.status);
  try {
    if (!isOurs && !isFormToken(form.token, { request, config: deps.config, now: deps.now() }))
      return c.text('This form is no longer valid. Go back, load the page again and send it once more.', 403);
    return await answerForm(c, deps, form.request, visit);
  } finally {
    form.release();
  }
}

/** A page; its forms carry a token for a browser that will not say where they are sent from. */
async function answerForm(c: Context, deps: SiteDeps, request = c.req.raw, visit?: Visit): Promise<Response> {
  const page = await answerPage(c, deps, { request, visit });
  if (!hasNoOrigin(request)) return page;
  return withFormToken(page, { token: formToken(request, deps.config, deps.now()), url: request.url });
}

/** Neither address nor asker: both can name somebody. */
function logRefusal(method: string, { status }: Response): void {
  if (status === 401 || status === 403 || status === 429)
    getLogger(['regulars']).warn('Refused {method} of a page: {status}', { method, status });
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

/** A form of ours cannot be sent like this: a field is missing, longer than it can be, or nothing it offers. */
async function refuse({ status }: AppError, { locale }: Speech, { builtPage }: SiteDeps): Promise<Response> {
  const page = await builtPage(builtPath('/refused', locale));
  return new Response(page?.body ?? 'This form was not taken.', {
    status,
    headers: {
      'Content-Type': `text/${page ? 'html' : 'plain'}; charset=utf-8`,
      'Cache-Control': 'no-store',
    },
  });
}

/** The database does not answer: a page of the build, which needs none. */
async function busy(pathname: string, { builtPage, lastLanguages }: SiteDeps): Promise<Response> {
  const page = await builtPage(builtPath('/busy', readAddress(pathname, lastLanguages()).locale));
  return new Response(page?.body ?? 'The portal is busy. Please try again in a moment.', {
    status: 503,
    headers: {
      'Content-Type': `text/${page ? 'html' : 'plain'}; charset=utf-8`,
      'Cache-Control': 'no-store',
      'Retry-After': '2',
    },
  });
}

async function answerPage(
  c: Context,
  deps: SiteDeps,
  { request, visit: opened }: { request: Request; visit?: Visit | undefined },
): Promise<Response> {
  const visit = opened ?? (await deps.openVisit(request, c.env, waitUntilOf(c)));
  const { report } = visit;
  const asked = readAsked(request, visit.languages);
  const { speech, path, code } = asked;
  const state = new PageState(asked.request);
  state.streaming = false;
  state.locals.speech = speech;
  const page = state.pathname;
  const isSpoken = code !== 'not_offered' || isMailed(page);
  if (!state.routeData || isOwnPage(page) || !isSetUp(page, visit.features) || !isSpoken)
    return notFound({ path, speech, visit }, deps);
  if (code !== 'right' && request.method !== 'POST') return movedTo(speech.to(path) + state.url.search);
  const address = request.method === 'POST' ? new URL(request.url).pathname : asked.address;
  const elsewhere = wayElsewhere(visit, { path: page, address, speech });
  if (elsewhere) return elsewhere;
  let isAway = false;
  let isHidden = false;
  let refusal: AppError | null = null;
  visit.report = (error) => {
    isAway = isBusy(error);
    isHidden = error instanceof AppError && isNothing(error, request);
    if (error instanceof AppError && error.status < 500) refusal = error;
    return isHidden || refusal ? '' : report(error);
  };
  state.locals.visit = visit;
  const response = await render(state);
  // Astro's own pages of errors may still be on their way.
  if (response.status !== 500 && (response.status !== 404 || isPage(response))) state.letGo();
  if (isAway) return busy(asked.address, deps);
  if (!isHidden && refusal) return refuse(refusal, speech, deps);
  if (isHidden || (response.status === 404 && !isPage(response))) {
    visit.report = report;
    return notFound({ path, speech, visit }, deps);
  }
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

/** Whether a page says in its own words that something is not there. */
const isPage = (response: Response) => response.headers.get('Content-Type')?.startsWith('text/html') ?? false;

/** What somebody may not see or do is not there for them, and an address that makes no sense leads nowhere. */
function isNothing({ status }: AppError, { method }: Request): boolean {
  return status === 401 || status === 403 || status === 404 || (status === 422 && method !== 'POST');
}

/** Nothing is there, told with the navigation of where it was looked for, to whoever may be there. */
async function notFound(
  { path, speech, visit }: { path: string; speech: Speech; visit: Visit },
  { config }: SiteDeps,
): Promise<Response> {
  const state = new PageState(new Request(new URL('/not-found', config.publicUrl)));
  state.streaming = false;
  const room = roomOf(path);
  state.locals.visit = visit;
  state.locals.speech = speech;
  state.locals.lost = { room: (room === 'account' ? visit.customer : visit.staff) ? room : null, path };
  const page = await render(state);
  const { body } = page;
  state.letGo();
  return new Response(body, {
    status: 404,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

/** Where the same page stands now; for the moment, since what the business offers may change again. */
function movedTo(location: string): Response {
  return new Response(null, { status: 307, headers: { Location: location, 'Cache-Control': 'no-store' } });
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
