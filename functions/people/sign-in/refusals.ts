import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';

/** One answer for all that is over: unknown, used, too old, another browser's, tried too often. */
export function challengeOver(): AppError {
  return new AppError('challenge_expired', 'This code or link is no longer valid. Ask for a new one.');
}

/** `path` is the field it was typed in. */
export function wrongCode(path = 'code'): AppError {
  return refusedCode('wrong_code', 'is not the one we sent', path);
}

/** The link was opened in a browser that did not ask for it. */
export function codeRequired(): AppError {
  return refusedCode('code_required', 'has to be typed in this browser, too');
}

export function emailTaken(): AppError {
  return new AppError('email_taken', 'Another customer has this address. Sign in with it instead.');
}

export function passkeyRefused(): AppError {
  return new AppError(
    'passkey_refused',
    'This passkey does not open anything here. Sign in by a code instead.',
  );
}

function refusedCode(code: string, message: string, path = 'code'): AppError {
  return wrongField(path, code, message);
}
