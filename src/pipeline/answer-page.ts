import { isHeldBack } from '../../db/hold-back.ts';
import { isOwnPage } from '../../functions/ground/http/own-pages.ts';
import { AppError } from '../../functions/ground/platform/errors.ts';
import { readAsked } from '../asked.ts';
import { isMailed } from '../mailed.ts';
import { PageState } from '../page-state.ts';
import type { Visit } from '../visit.ts';
import { wayElsewhere } from '../way-elsewhere.ts';
import { countHit } from './count-hit.ts';
import type { SiteDeps } from './deps.ts';
import { answerNotFound } from './not-found.ts';
import { isPage, renderPage } from './render-page.ts';
import { answerProofNeeded } from './second-proof.ts';
import { answerBusy, answerRefused, isBusy } from './when-it-fails.ts';

/** The page at an address, as this visitor may see it; another address where it stands, or what is said in its place. */
export async function answerPage(
  deps: SiteDeps,
  { request, visit }: { request: Request; visit: Visit },
): Promise<Response> {
  const { report } = visit;
  const asked = readAsked(request, visit);
  const { speech, path, code } = asked;
  const state = new PageState(asked.request);
  state.streaming = false;
  state.locals.speech = speech;
  const page = state.pathname;
  const isSpoken = code !== 'not_offered' || isMailed(page);
  // Astro has a page of its own for what it does not know.
  const isKnown = state.routeData !== undefined && state.routeData.route !== '/404';
  if (!isKnown || isOwnPage(page) || !visit.features.isSetUp(page) || !isSpoken)
    return answerNotFound({ path, speech, visit }, deps);
  if (code !== 'right' && request.method !== 'POST') return movedTo(speech.to(path) + state.url.search);
  const address = request.method === 'POST' ? new URL(request.url).pathname : asked.address;
  const elsewhere = wayElsewhere(visit, { path: page, address, speech });
  if (elsewhere) return elsewhere;
  let away: unknown = null;
  let isHidden = false;
  let isUnproven = false;
  let refusal: AppError | null = null;
  visit.report = (error) => {
    away = isBusy(error) ? error : null;
    if (isHeldBack(error)) return '';
    isUnproven = error instanceof AppError && error.code === 'proof_needed';
    if (isUnproven) return '';
    isHidden = error instanceof AppError && isNothing(error, request);
    if (error instanceof AppError && error.status < 500) refusal = error;
    return isHidden || refusal ? '' : report(error);
  };
  state.locals.visit = visit;
  state.locals.face = visit.face;
  const response = await renderPage(state);
  if (isUnproven) {
    visit.report = report;
    return answerProofNeeded(deps, { request, visit, isFile: state.routeData?.type === 'endpoint' });
  }
  if (away !== null) return answerBusy(asked.address, deps, away);
  if (!isHidden && refusal) return answerRefused(refusal, { path: page, speech, visit }, deps);
  if (isHidden || (response.status === 404 && !isPage(response))) {
    visit.report = report;
    return answerNotFound({ path, speech, visit }, deps);
  }
  const route = state.routeData?.route ?? page;
  countHit(visit, { request, response, route, path: page, language: speech.locale });
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store');
  return response;
}

/** What somebody may not see or do is not there for them, and an address that makes no sense leads nowhere. */
function isNothing({ status }: AppError, { method }: Request): boolean {
  return status === 401 || status === 403 || status === 404 || (status === 422 && method !== 'POST');
}

/** Where the same page stands now; for the moment, since what the business offers may change again. */
function movedTo(location: string): Response {
  return new Response(null, { status: 307, headers: { Location: location, 'Cache-Control': 'no-store' } });
}
