import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { searchFor } from '../../../../functions/reach/imports/runs/search-file.ts';

const words = ['ann@example.com', 'олена коваль', "o'neil & sons"];
const row = 'A-1;Чашка;Олена Коваль;25,00\n';

const sheet = (cells: string) =>
  zipSync({
    'xl/workbook.xml': strToU8('<workbook/>'),
    'xl/sharedStrings.xml': strToU8(`<sst><si><t>Bob</t></si>${cells}</sst>`),
    'xl/media/image1.png': strToU8('ann@example.com'),
  });

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
/** Of Windows: а to я stand in one row from 0xe0, А to Я from 0xc0. */
const windows = (text: string) =>
  Buffer.from(
    [...text].map((sign) =>
      /[А-я]/.test(sign) ? (sign.codePointAt(0) ?? 0) - 0x350 : (sign.codePointAt(0) ?? 0),
    ),
  );

const files: [string, Uint8Array, boolean][] = [
  ['UTF-8', Buffer.from(row), true],
  ['UTF-16', utf16(row), true],
  ['Windows-1251', windows(row), true],
  ['Windows-1251 of somebody else', windows('A-1;Олена Ковальчук'), false],
  ['a workbook', sheet('<si><t>Олена Коваль</t></si>'), true],
  [
    'a workbook that writes in several hands',
    sheet('<si><r><t>Олена </t></r><r><t>Коваль</t></r></si>'),
    true,
  ],
  ['a workbook with signs of XML', sheet('<si><t>O&apos;Neil &amp; Sons</t></si>'), true],
  ['a workbook of others, cell beside cell', sheet('<si><t>Олена</t></si><si><t>Коваль</t></si>'), false],
];

test.each(files)('finds names in %s, in whatever pieces it comes', async (_, bytes, isNamed) => {
  for (const size of [7, 100_000]) {
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    expect(await searchFor(words)?.(pieces())).toBe(isNamed);
  }
});

test('a workbook that is damaged cannot be searched', async () => {
  const many = Array.from({ length: 3000 }, (_, index) => `<si><t>${(index * 7919) % 10_007}</t></si>`);
  const bytes = sheet(many.join(''));
  bytes.fill(0xff, 2000, 2200);
  const pieces = async function* () {
    yield bytes;
  };
  await expect(searchFor(words)?.(pieces())).rejects.toThrow();
});
