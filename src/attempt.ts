import { AppError, type ErrorCode, type FieldError } from '../functions/ground/platform/errors.ts';

/**
 * What a refusal is known by: the path of its first wrong field (`.email`, also for what lies below it), that with the
 * rule it breaks (`.email:same_email`), the rule wherever it is broken (`:too_big`), or its code. `otherwise` is
 * whatever else somebody can mend or has to be told of: not there, no longer so, wrong, too often.
 */
type Refusable = ErrorCode | `.${string}` | `:${string}` | 'otherwise';
type Reasons = { readonly [Known in Refusable]?: unknown };
/** A misspelt code does not compile. */
type Spelt<Given> = Given & { readonly [Name in Exclude<keyof Given, Refusable>]: never };

/** An operation that did not do what was asked. */
export interface Refused<Reason> {
  ok: false;
  reason: Reason;
  /** Every field that is wrong. */
  errors: readonly FieldError[];
  /** When it may be tried again; null unless it was tried too often. */
  retry_after_s: number | null;
}

/**
 * What an operation answers, or the page's own reason why it was refused: a message, or a name of it. The closest of
 * `reasons` counts, a field before a code. @throws whatever no reason is given for
 */
export async function attempt<Work extends Promise<unknown>, const Given extends Reasons>(
  work: Work,
  reasons: Spelt<Given>,
): Promise<{ ok: true; output: Awaited<Work> } | Refused<Given[keyof Given]>> {
  try {
    return { ok: true, output: await work };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const known = namesOf(error).find((name): name is keyof Given & string => Object.hasOwn(reasons, name));
    if (known === undefined) throw error;
    return { ok: false, reason: reasons[known], errors: error.errors, retry_after_s: error.retry_after_s };
  }
}

const mendable: readonly number[] = [404, 409, 422, 429];

/** All that a refusal is known by, the closest first. */
function namesOf({ code, status, errors: [first] }: AppError): string[] {
  const ofField = first === undefined ? [] : [...pathsOf(first), `:${first.code}`];
  return [...ofField, code, ...(mendable.includes(status) ? ['otherwise'] : [])];
}

/** Of `text.en`: the field with its rule and without, then the same of `text`. */
function pathsOf({ path, code }: FieldError): string[] {
  const parts = path.split('.');
  const paths = parts.map((_, left) => parts.slice(0, parts.length - left).join('.'));
  return paths.flatMap((each) => [`.${each}:${code}`, `.${each}`]);
}

/** What is not there, or not the asker's, as null. */
export async function orNull<Output>(work: Promise<Output>): Promise<Output | null> {
  const found = await attempt(work, { not_found: null });
  return found.ok ? found.output : null;
}
