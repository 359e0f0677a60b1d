import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../functions/ground/platform/errors.ts';
import { attempt, orNull } from '../../src/attempt.ts';

const refusal = (code: ErrorCode, path?: string, rule = 'required') =>
  new AppError(code, 'No.', {
    errors: path === undefined ? [] : [{ path, code: rule, message: 'No.' }],
    ...(code === 'too_many_requests' && { retry_after_s: 30 }),
  });

const reasons = {
  '.email': 'email',
  '.email:same_email': 'the same email',
  '.text': 'text',
  '.text.en': 'English text',
  ':too_big': 'too long',
  validation_failed: 'something',
  too_many_requests: 'too often',
} as const;

const rows: [name: string, refused: AppError, reason: string][] = [
  ['a field', refusal('validation_failed', 'email'), 'email'],
  ['a field by the rule it breaks', refusal('validation_failed', 'email', 'same_email'), 'the same email'],
  ['a part of a field', refusal('validation_failed', 'text.uk.body'), 'text'],
  ['the closest part of a field', refusal('validation_failed', 'text.en.body'), 'English text'],
  ['a field before a rule', refusal('validation_failed', 'email', 'too_big'), 'email'],
  ['a rule wherever it is broken', refusal('validation_failed', 'name', 'too_big'), 'too long'],
  ['any other field by the code', refusal('validation_failed', 'name'), 'something'],
  ['a code', refusal('too_many_requests'), 'too often'],
];

test.each(rows)('tells the reason of %s', async (_, refused, reason) => {
  const { errors, retry_after_s } = refused;
  expect(await attempt(Promise.reject(refused), reasons)).toEqual({
    ok: false,
    reason,
    errors,
    retry_after_s,
  });
});

test('answers what the operation does', async () => {
  expect(await attempt(Promise.resolve(7), reasons)).toEqual({ ok: true, output: 7 });
});

test('throws what no reason is given for', async () => {
  for (const error of [new Error('gone'), refusal('forbidden'), refusal('unavailable', 'name')])
    await expect(attempt(Promise.reject(error), reasons)).rejects.toBe(error);
});

test('tells otherwise what can be mended, and nothing else', async () => {
  for (const code of ['not_found', 'event_over', 'validation_failed', 'too_many_requests'] as const)
    expect(await attempt(Promise.reject(refusal(code)), { otherwise: null })).toMatchObject({ reason: null });
  for (const code of ['forbidden', 'unauthenticated', 'unavailable', 'internal'] as const)
    await expect(attempt(Promise.reject(refusal(code)), { otherwise: null })).rejects.toMatchObject({ code });
});

test('finds null for what is not there, and only for that', async () => {
  expect(await orNull(Promise.resolve(7))).toBe(7);
  expect(await orNull(Promise.reject(refusal('not_found')))).toBeNull();
  await expect(orNull(Promise.reject(refusal('forbidden')))).rejects.toMatchObject({ code: 'forbidden' });
});

test('takes no misspelt code', async () => {
  // @ts-expect-error no operation refuses with it
  const misspelt = attempt(Promise.reject(refusal('not_found')), { not_fuond: null });
  await expect(misspelt).rejects.toMatchObject({ code: 'not_found' });
});
