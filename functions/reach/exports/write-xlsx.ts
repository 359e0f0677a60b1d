import { Zip, ZipDeflate } from 'fflate';
import type { SheetRow, Table } from '../../ground/formats/table.ts';
import { rowXml, splitRow } from './xlsx-cells.ts';
import { partsAround, sheetEnd, sheetPath, sheetStart } from './xlsx-parts.ts';

/** Rows a worksheet holds. */
const ROWS_MAX = 1_048_576;
/** XML is compressed in portions of about this many characters. */
const PORTION_LENGTH = 1 << 16;
/** Every file of an archive carries the same time, so that the same table makes the same bytes. */
const mtime = new Date(1980, 0, 1);
const text = new TextEncoder();

/**
 * The table as an Excel workbook (ECMA-376), streamed: no more than a portion of it is held. Texts longer than a cell
 * holds go on in further rows; the last column, `part`, counts them. `name` is the worksheet's, in plain letters.
 */
export async function* writeXlsx({ columns, pages }: Table, name: string): AsyncGenerator<Uint8Array> {
  const archive = openArchive();
  const sheets = openSheets(archive, [...columns, 'part']);
  for await (const page of pages) {
    for (const row of page) for (const part of splitRow(row)) sheets.add(part);
    yield* archive.take();
  }
  const count = sheets.close();
  for (const [path, xml] of partsAround(count, name)) archive.file(path)(xml, true);
  archive.end();
  yield* archive.take();
}

type Push = (xml: string, isLast: boolean) => void;

function openArchive() {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    if (chunk.length > 0) ready.push(chunk);
  });
  return {
    file: (path: string): Push => {
      const file = new ZipDeflate(path, { level: 1 });
      file.mtime = mtime;
      zip.add(file);
      return (xml, isLast) => file.push(text.encode(xml), isLast);
    },
    end: () => zip.end(),
    take: () => {
      const taken = ready;
      ready = [];
      return taken;
    },
  };
}

/** One worksheet after the other, each with the column names first. */
function openSheets(archive: ReturnType<typeof openArchive>, columns: readonly string[]) {
  let sheet = 0;
  let rows = 0;
  let portion = '';
  let push: Push = () => undefined;
  const write = (row: SheetRow) => {
    rows += 1;
    portion += rowXml(row, rows);
    if (portion.length < PORTION_LENGTH) return;
    push(portion, false);
    portion = '';
  };
  const open = () => {
    sheet += 1;
    rows = 0;
    push = archive.file(sheetPath(sheet));
    portion = sheetStart;
    write(columns);
  };
  const close = () => {
    push(portion + sheetEnd, true);
    portion = '';
    return sheet;
  };
  open();
  return {
    close,
    add: (row: SheetRow) => {
      if (rows === ROWS_MAX) {
        close();
        open();
      }
      write(row);
    },
  };
}
