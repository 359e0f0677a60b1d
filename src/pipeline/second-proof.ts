import { FORM_TOKEN_FIELD } from '../../functions/ground/http/form-token.ts';
import { readAsked } from '../asked.ts';
import { attempt } from '../attempt.ts';
import { seeOther, withForm } from '../forms.ts';
import { proveAgain } from '../operations/factor.ts';
import type { Visit } from '../visit.ts';
import type { SiteDeps } from './deps.ts';
import { answerOwnPage } from './own-page.ts';

/** What the question adds to the form that it keeps. */
export const proofFields = {
  /** How the act was asked for. */
  method: 'proof_method',
  code: 'proof_code',
  challenge: 'proof_challenge',
  passkey: 'proof_passkey',
} as const;

/** The question for the second factor, with all that the act was asked by. */
export interface ProofQuestion {
  /** Where the act was asked for. */
  address: string;
  method: 'GET' | 'POST';
  /** The form that was sent; sent again once it is proven. */
  fields: [name: string, value: string][];
  error: 'wrong' | 'too_many' | 'over' | 'unknown' | null;
}

/** Asks for the second factor in place of an act that an operation wants it proven for (`allowProven`). */
export async function answerProofNeeded(
  deps: Pick<SiteDeps, 'config'>,
  { request, visit, error = null }: { request: Request; visit: Visit; error?: ProofQuestion['error'] },
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const sent = request.method === 'POST' ? await request.formData() : new FormData();
  const isGet = request.method !== 'POST' || sent.get(proofFields.method) === 'GET';
  const proof: ProofQuestion = {
    address: pathname + search,
    method: isGet ? 'GET' : 'POST',
    fields: keptFields(sent),
    error,
  };
  const { speech } = readAsked(request, visit);
  const locals = { visit, speech, face: visit.face, proof };
  return answerOwnPage('/prove', {
    locals,
    status: error === 'too_many' ? 429 : error === null ? 403 : 422,
    config: deps.config,
  });
}

/** A form that brings a proof: it is looked at first, and what the form was for happens then, or the question is put again. */
export async function proveFirst(
  deps: Pick<SiteDeps, 'config'>,
  { request, visit }: { request: Request; visit: Visit },
  act: (request: Request) => Promise<Response>,
): Promise<Response> {
  const form = await request.formData();
  if (!form.has(proofFields.method) || visit.staff === null) return act(request);
  const text = (name: string, length_max: number) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, length_max) : '';
  };
  const proven = await attempt(
    proveAgain(visit, {
      code: text(proofFields.code, 40),
      challengeId: text(proofFields.challenge, 64),
      answer: text(proofFields.passkey, 60_000),
    }),
    {
      ':wrong_code': 'wrong',
      validation_failed: 'unknown',
      challenge_expired: 'over',
      passkey_refused: 'unknown',
      too_many_requests: 'too_many',
    },
  );
  if (!proven.ok) return answerProofNeeded(deps, { request, visit, error: proven.reason });
  const { cookies } = proven.output;
  const { pathname, search } = new URL(request.url);
  if (form.get(proofFields.method) === 'GET') return seeOther(pathname + search, cookies);
  const kept = new FormData();
  for (const [name, value] of keptFields(form)) kept.append(name, value);
  const answer = await act(
    withForm(new Request(request.url, { method: 'POST', headers: request.headers }), kept),
  );
  for (const cookie of cookies) answer.headers.append('Set-Cookie', cookie);
  return answer;
}

/** All that was typed and chosen; files cannot be sent again. */
function keptFields(form: FormData): [string, string][] {
  const own: readonly string[] = [...Object.values(proofFields), FORM_TOKEN_FIELD];
  return [...form].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !own.includes(name) ? [[name, value]] : [],
  );
}
