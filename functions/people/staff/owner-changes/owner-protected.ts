import { AppError } from '../../../ground/platform/errors.ts';

/** What is never done to another owner without a day's notice. */
export function ownerProtected(): AppError {
  return new AppError(
    'owner_protected',
    'Nothing is taken from another owner at once. Give notice of it instead.',
  );
}
