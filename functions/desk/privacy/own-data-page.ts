import type { Row } from '../../../db/store.ts';
import { built } from '../../../languages/built.ts';
import type { KeptKind } from '../../../languages/kept-kind.ts';
import { type Formats, formatsOf } from '../../ground/formats/format.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import { fillWords } from '../../ground/platform/fill-words.ts';
import type { FileColumn } from '../../ground/tables/table-file.ts';
import type { OwnTable } from './own-tables.ts';

/** So many rows of a table are shown; all of them stand in the files for programs. */
const SHOWN_MAX = 100;

/** A table with what it holds of one person. */
export interface FilledTable extends OwnTable {
  kind: KeptKind;
  count: number;
  /** The first of them. */
  rows: readonly Row[];
}

interface PageOf {
  language: Locale;
  timeZone: string;
  business: string;
  madeAt: number;
  tables: readonly FilledTable[];
  /** Names of files that lie beside it. */
  files: readonly string[];
}

/** What is kept of one person as a page to read, whole in one file: nothing of it is loaded from elsewhere. */
export function writeOwnDataPage({ language, timeZone, business, madeAt, tables, files }: PageOf): string {
  const words = built[language].kept;
  const formats = formatsOf(language, timeZone);
  const date = formats.moment({ at: madeAt, day: null });
  const title = fillWords(words.file.title, { business });
  const kinds = Map.groupBy(
    tables.filter(({ count }) => count > 0),
    ({ kind }) => kind,
  );
  const parts = [...kinds].map(([kind, those]) => {
    const { title: heading, what, why } = words[kind];
    const shown = those.map((table) => tablePart(table, formats, words.file.rows)).join('');
    return `<section><h2>${escaped(heading)}</h2><p>${escaped(what)} ${escaped(why)}</p>${shown}</section>`;
  });
  const list = files.map((name) => `<li><a href="${encodeURI(name)}">${escaped(name)}</a></li>`).join('');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(fillWords(words.file.madeAt, { date }))}</p>
<p>${escaped(words.file.lead)}</p>
${parts.length === 0 ? `<p>${escaped(words.file.nothing)}</p>` : parts.join('\n')}
${list === '' ? '' : `<section><h2>${escaped(words.file.files)}</h2><ul>${list}</ul></section>`}
</body>
</html>
`;
}

const style =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:70rem}' +
  'section{margin-block-start:2rem}.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.875rem}' +
  'th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:start;vertical-align:top;max-width:24rem;overflow-wrap:anywhere}';

/** Columns that hold something to read: ids alone tell a person nothing. */
function tablePart({ name, columns, rows, count }: FilledTable, formats: Formats, rowsWords: string): string {
  const shown = rows.slice(0, SHOWN_MAX);
  const told = columns
    .map((column, at) => ({ column, at }))
    .filter(({ column, at }) => !isId(column) && shown.some((row) => (row[at] ?? null) !== null));
  const head = told.map(({ column }) => `<th scope="col">${escaped(spaced(column.name))}</th>`).join('');
  const body = shown
    .map((row) => {
      const cells = told.map(
        ({ column, at }) => `<td>${escaped(cellText(column, row[at] ?? null, formats))}</td>`,
      );
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('');
  const caption = `${spaced(name)} · ${fillWords(rowsWords, { rows: formats.number(count) })}`;
  if (told.length === 0) return `<h3>${escaped(caption)}</h3>`;
  return `<h3>${escaped(caption)}</h3><div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const isId = ({ name }: FileColumn) => name === 'id' || name.endsWith('_id') || name === 'hash';
const spaced = (name: string) => name.replaceAll('_', ' ');

function cellText({ kind }: FileColumn, value: Row[number], formats: Formats): string {
  if (value === null) return '';
  if (kind === 'flag') return Number(value) === 1 ? '✓' : '–';
  return kind === 'instant' ? formats.moment({ at: Number(value), day: null }) : String(value);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
