import type { FileForm } from './file-form.ts';

/** What is unusual about how a file is written, as sentences; none for UTF-8 with commas or semicolons. */
export function formSentences(form: FileForm): string[] {
  if (form.kind === 'xlsx') return ['The file is an Excel workbook; its first sheet with rows was read.'];
  const encoding = encodingSentences[form.encoding];
  const delimiter = delimiterSentences[form.delimiter];
  return [...(encoding === null ? [] : [encoding]), ...(delimiter === null ? [] : [delimiter])];
}

const check = 'Look at names with special letters; if they are wrong, save the file as "CSV UTF-8".';
const encodingSentences = {
  'utf-8': null,
  'utf-16le': 'The file is in UTF-16 and was read as that.',
  'utf-16be': 'The file is in UTF-16 and was read as that.',
  'windows-1252': `The file is not UTF-8; it was read as Windows-1252, western European. ${check}`,
  'windows-1251': `The file is not UTF-8; it was read as Windows-1251, Cyrillic. ${check}`,
} as const;
const delimiterSentences = {
  ',': null,
  ';': null,
  '\t': 'Its columns are separated by tabs.',
  '|': 'Its columns are separated by "|".',
} as const;
