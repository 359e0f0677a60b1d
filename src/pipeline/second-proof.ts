import { FORM_TOKEN_FIELD } from '../../functions/ground/http/form-token.ts';
import { isProven } from '../../functions/ground/platform/allow.ts';
import { readAsked } from '../asked.ts';
import { attempt } from '../attempt.ts';
import { oneOf, seeOther, withForm } from '../forms.ts';
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
  method: (typeof methods)[number];
  /** The form that was sent; sent again once it is proven. */
  fields: [name: string, value: string][];
  error: 'wrong' | 'too_many' | 'over' | 'unknown' | null;
  /** The file comes now: nothing is asked any longer. */
  isComing: boolean;
}

/** `FILE` is a GET of what a browser keeps instead of showing it. */
const methods = ['GET', 'FILE', 'POST'] as const;

/** Asks for the second factor in place of an act that an operation wants it proven for (`allowProven`). */
export async function answerProofNeeded(
  deps: Pick<SiteDeps, 'config'>,
  {
    request,
    visit,
    error = null,
    isFile = false,
  }: { request: Request; visit: Visit; error?: ProofQuestion['error']; isFile?: boolean },
): Promise<Response> {
  const isPost = request.method === 'POST';
  const sent = isPost ? await request.formData() : new FormData();
  return answerQuestion(deps, {
    ...{ request, visit, status: error === 'too_many' ? 429 : error === null ? 403 : 422 },
    proof: {
      method: isPost ? methodOf(sent) : isFile ? 'FILE' : 'GET',
      fields: keptFields(sent),
      ...{ error, isComing: false },
    },
  });
}

/** Browsers stay where they are when a file comes: says that it does, and brings it. */
async function answerFileComes(
  deps: Pick<SiteDeps, 'config'>,
  { request, visit }: { request: Request; visit: Visit },
): Promise<Response> {
  const answer = await answerQuestion(deps, {
    ...{ request, visit, status: 200 },
    proof: { method: 'FILE', fields: [], error: null, isComing: true },
  });
  answer.headers.set('Refresh', `0; url=${addressOf(request)}`);
  return answer;
}

async function answerQuestion(
  { config }: Pick<SiteDeps, 'config'>,
  asked: { request: Request; visit: Visit; status: number; proof: Omit<ProofQuestion, 'address'> },
): Promise<Response> {
  const { request, visit, status } = asked;
  const { speech } = readAsked(request, visit);
  const proof: ProofQuestion = { ...asked.proof, address: addressOf(request) };
  return answerOwnPage('/prove', { locals: { visit, speech, face: visit.face, proof }, status, config });
}

function addressOf({ url }: Request): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function methodOf(form: FormData): ProofQuestion['method'] {
  const method = form.get(proofFields.method);
  return (typeof method === 'string' ? oneOf(method, methods) : null) ?? 'POST';
}

/** A form that brings a proof: it is looked at first, and what the form was for happens then, or the question is put again. */
export async function proveFirst(
  deps: Pick<SiteDeps, 'config'>,
  { request, visit }: { request: Request; visit: Visit },
  act: (request: Request) => Promise<Response>,
): Promise<Response> {
  const form = await request.formData();
  if (!form.has(proofFields.method) || visit.staff === null) return act(request);
  // Who sends it twice, or again when no answer came, has proven it by then.
  const error = isProven(visit.ctx) ? null : await proveBy(form, visit);
  if (error !== null) return answerProofNeeded(deps, { request, visit, error });
  const method = methodOf(form);
  if (method === 'FILE') return answerFileComes(deps, { request, visit });
  if (method === 'GET') return seeOther(addressOf(request));
  const kept = new FormData();
  for (const [name, value] of keptFields(form)) kept.append(name, value);
  return act(withForm(new Request(request.url, { method: 'POST', headers: request.headers }), kept));
}

/** Looks at what the form proves; what is wrong with it, or null. */
async function proveBy(form: FormData, visit: Visit): Promise<ProofQuestion['error']> {
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
  return proven.ok ? null : proven.reason;
}

/** All that was typed and chosen, without what proves who sends it; files cannot be sent again. */
export function keptFields(form: FormData): [string, string][] {
  const own: readonly string[] = [...Object.values(proofFields), FORM_TOKEN_FIELD];
  return [...form].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !own.includes(name) ? [[name, value]] : [],
  );
}
