import { AppError } from '../../functions/platform/errors.ts';
import type { Refused } from './types.ts';

/** Refusals that a reader can mend come back as values; any other is thrown. `reasonOf` names them for the page. */
export async function orRefusal<Result, Reason extends string>(
  expected: readonly Reason[],
  work: () => Promise<Result>,
  reasonOf: (error: AppError) => string | null = ({ code }) => code,
): Promise<Result | Refused<Reason>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const told = reasonOf(error);
    const reason = expected.find((one) => one === told);
    if (reason === undefined) throw error;
    return { ok: false, reason, errors: error.errors, retry_after_s: error.retry_after_s };
  }
}
