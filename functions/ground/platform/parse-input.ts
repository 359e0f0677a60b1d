import type { z } from 'zod';
import { AppError, type FieldError } from './errors.ts';

/**
 * Parses input by its schema.
 * @throws {AppError} `validation_failed`, with every field that is wrong, in words
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw wrongFields(inputErrors(schema, value));
}

/**
 * Refuses input that breaks rules no schema can hold, with all of it at once.
 * @throws {AppError} `validation_failed`, unless `errors` is empty
 */
export function refuseFields(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw wrongFields(errors);
}

/** For one field that breaks a rule no schema can hold: `path` and what is wrong with it make its sentence. */
export function wrongField(path: string, code: string, message: string): AppError {
  return wrongFields([{ path, code, message }]);
}

function wrongFields(errors: readonly FieldError[]): AppError {
  return new AppError('validation_failed', summaryOf(errors), { errors: errors.slice(0, ERRORS_MAX) });
}

const ERRORS_MAX = 50;
const KEY_LENGTH_MAX = 100;

type Issue = z.core.$ZodIssue;

/**
 * All that a schema finds wrong, to be told together with what only the operation knows. Parses for itself, since only a
 * wrong input is worth being carried along in its issues.
 */
export function inputErrors(schema: z.ZodType, value: unknown): FieldError[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  return error?.issues.flatMap(fieldErrorsOf) ?? [];
}

function fieldErrorsOf(issue: Issue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      code: 'unknown_key',
      message: 'is not known here',
    }));
  }
  return [{ path: pathText(issue.path), ...wordsOf(issue) }];
}

function wordsOf(issue: Issue): { code: string; message: string } {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'required', message: 'is required' }
        : { code: 'invalid_type', message: `has to be ${nameOf(issue.expected)}` };
    case 'invalid_value':
      return { code: 'invalid_value', message: `has to be one of ${issue.values.map(String).join(', ')}` };
    case 'too_small':
      return { code: 'too_small', message: tooSmall(issue) };
    case 'too_big':
      return { code: 'too_big', message: tooBig(issue) };
    case 'custom':
      return { code: customCode(issue.params), message: issue.message };
    default:
      return { code: 'invalid', message: 'is not valid' };
  }
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): string {
  if (issue.origin === 'string') return 'may not be empty';
  if (issue.origin === 'array') return `needs at least ${issue.minimum}`;
  return issue.inclusive ? `has to be at least ${issue.minimum}` : `has to be more than ${issue.minimum}`;
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>): string {
  if (issue.origin === 'string') return `has at most ${issue.maximum} characters`;
  if (issue.origin === 'array') return `has at most ${issue.maximum} entries`;
  return `has to be at most ${issue.maximum}`;
}

const names: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const nameOf = (type: string) => names[type] ?? `of type ${type}`;

function customCode(params: Record<string, unknown> | undefined): string {
  return typeof params?.code === 'string' ? params.code : 'invalid';
}

/** `lines.0.total.currency` */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((part) => String(part).slice(0, KEY_LENGTH_MAX)).join('.');
}

function summaryOf(errors: readonly FieldError[]): string {
  const [first] = errors;
  if (first === undefined) return 'The input is not valid.';
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more errors.` : '';
  return `${first.path === '' ? 'The body' : first.path} ${first.message}.${more}`;
}
