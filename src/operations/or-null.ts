import { AppError } from '../../functions/platform/errors.ts';

/** What is not there, or not the asker's, as null. */
export async function orNull<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
