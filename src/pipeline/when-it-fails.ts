import { getLogger } from '@logtape/logtape';
import { isHeldBack } from '../../db/hold-back.ts';
import { StoreUnavailable } from '../../db/store.ts';
import { HELD_BACK_S } from '../../functions/ground/http/problem.ts';
import type { Identity } from '../../functions/ground/identity/identity.ts';
import { readAddress } from '../../functions/ground/identity/languages.ts';
import { AppError } from '../../functions/ground/platform/errors.ts';
import { reasonOf } from '../../functions/ground/platform/reason-of.ts';
import { type Speech, speechIn } from '../locale.ts';
import type { Visit } from '../visit.ts';
import type { SiteDeps } from './deps.ts';
import { answerOwnPage, type OwnLocals, ownPageAnswer, renderOwnPage } from './own-page.ts';

/** A page that could not even be begun: nothing of the error is told. */
export function answerFailure(error: Error, path: string, deps: SiteDeps): Response | Promise<Response> {
  if (isHeldBack(error)) return answerBusy(path, deps, error);
  getLogger(['regulars']).error('A page failed: {reason}', { reason: reasonOf(error) });
  if (isBusy(error)) return answerBusy(path, deps, error);
  return new Response('Something went wrong.', {
    status: 500,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

/** Whether it may go well in a moment: the database or the file store does not answer, or too many change one thing. */
export const isBusy = (error: unknown) =>
  error instanceof StoreUnavailable || (error instanceof AppError && error.code === 'unavailable');

/**
 * The database does not answer, or takes no writes while an archive is being brought in: a page that needs none, made once for
 * each face, language and reason.
 */
export async function answerBusy(
  address: string,
  { lastFace, config }: SiteDeps,
  error: unknown,
): Promise<Response> {
  const face = lastFace();
  const { languages } = face.identity;
  const { locale } = readAddress(address, languages);
  const locals = {
    face,
    speech: speechIn(locale, languages),
    isAway: true as const,
    isHeldBack: isHeldBack(error),
  };
  const answer = ownPageAnswer(await busyPage(locals, config), { locals, status: 503 });
  answer.headers.set('Retry-After', String(locals.isHeldBack ? HELD_BACK_S : 2));
  return answer;
}

const busyPages = new WeakMap<Identity, Map<string, string>>();

async function busyPage(locals: OwnLocals, config: SiteDeps['config']): Promise<string> {
  const { identity } = locals.face;
  const { locale } = locals.speech;
  const made = busyPages.get(identity) ?? new Map<string, string>();
  const kept = `${locale} ${locals.isHeldBack === true}`;
  busyPages.set(identity, made);
  const page =
    made.get(kept) ?? (await new Response(await renderOwnPage('/busy', { locals, config })).text());
  made.set(kept, page);
  return page;
}

/** A form of ours cannot be sent like this: a field is missing, longer than it can be, or nothing it offers. */
export async function answerRefused(
  { status }: AppError,
  { path, speech, visit }: { path: string; speech: Speech; visit: Visit },
  { config }: SiteDeps,
): Promise<Response> {
  const locals = { visit, speech, face: visit.face, lost: { room: null, path } };
  return answerOwnPage('/refused', { locals, status, config });
}
