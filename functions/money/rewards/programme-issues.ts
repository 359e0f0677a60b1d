import type { z } from 'zod';
import type { ProgrammeError } from './programme.ts';

type Path = PropertyKey[];

/** Collects what is wrong with a programme file, worded for the person who wrote it. */
export function programmeIssues(json: unknown) {
  const errors: ProgrammeError[] = [];
  const add = (path: Path, code: string, text: string) => {
    errors.push({ path: path.map(String).join('.'), code, message: sentence(place(path, json), text) });
  };
  const addShapeIssue = (issue: z.core.$ZodIssue) => {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys)
        add([...issue.path, key], 'unknown_key', 'is not a field of the programme file');
    else add(issue.path, codeOf(issue), wording(issue));
  };
  return { errors, add, addShapeIssue };
}

export function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom')
    return typeof issue.params?.code === 'string' ? issue.params.code : 'invalid_value';
  if (issue.input === undefined) return 'required';
  switch (issue.code) {
    case 'invalid_type':
      return 'wrong_type';
    case 'too_big':
    case 'too_small':
      return issue.origin === 'string' ? 'wrong_length' : 'out_of_range';
    default:
      return 'invalid_value';
  }
}

export function wording(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'custom' && issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return typeof issue.input === 'number' && issue.expected === 'string'
        ? `must be text in quotes, "${issue.input}", not a number`
        : `must be ${nouns[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`;
    case 'invalid_union':
      return issue.discriminator === undefined ? issue.message : 'must be "every", "steps" or "bands"';
    case 'too_big':
      return `must ${issue.origin in units ? 'have' : 'be'} at most ${issue.maximum}${units[issue.origin] ?? ''}`;
    case 'too_small':
      return issue.origin in units ? 'must not be empty' : `must be at least ${issue.minimum}`;
    default:
      return issue.message;
  }
}

const nouns: Record<string, string> = {
  string: 'text in quotes',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a whole number',
  array: 'a list in [ ]',
  object: 'an object in { }',
};

const units: Record<string, string> = { string: ' characters', array: ' elements' };

/** `rules.0.bands.1.percent` as `Rule "ladder", band 2, percent`. */
function place(path: Path, json: unknown): string {
  const [first, index, ...rest] = path;
  if (first !== 'rules' || typeof index !== 'number') return path.map(String).join(', ');
  return [
    ruleName(json, index),
    ...rest.map((step, at) => stepName(step, rest[at + 1])).filter((step) => step !== ''),
  ].join(', ');
}

function stepName(step: PropertyKey, next: PropertyKey | undefined): string {
  if (typeof step === 'number') return '';
  const name = String(step);
  return typeof next === 'number' ? `${name.replace(/s$/, '')} ${next + 1}` : name;
}

function ruleName(json: unknown, index: number): string {
  const rules = fieldOf(json, 'rules');
  const id = fieldOf(Array.isArray(rules) ? rules[index] : undefined, 'id');
  return typeof id === 'string' && id.length > 0 && id.length <= 60 ? `Rule "${id}"` : `Rule ${index + 1}`;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function sentence(where: string, text: string): string {
  return where === '' ? `The programme file ${text}.` : `${where}: ${text}.`;
}
