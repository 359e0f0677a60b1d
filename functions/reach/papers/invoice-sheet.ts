import { built, locales } from '../../../languages/built.ts';
import { type PaperColumn, type PaperWords, paperColumns } from '../../../languages/paper-words.ts';
import { fillIn } from '../../ground/formats/fill-in.ts';
import { type Formats, formatsOf } from '../../ground/formats/format.ts';
import { netOf } from './compose.ts';
import type { PaperBuyer, PaperDocument, PaperLine, Seller } from './paper.ts';
import type { PaperSheet, SheetCell, SheetParty, SheetSum } from './sheet.ts';
import type { Paper } from './whole-paper.ts';

/** Lays an invoice or a credit note out, with the columns that are wanted beside those that stand on each. */
export function invoiceSheet(paper: Paper, wanted: readonly PaperColumn[] = paperColumns): PaperSheet {
  const { document, number } = paper;
  const language = locales.find((locale) => locale === document.language) ?? locales[0];
  const words = built[language].papers;
  const formats = formatsOf(language, 'UTC');
  const columns = columnsOf(document, wanted);
  const title = document.kind === 'invoice' ? words.invoice : words.creditNote;
  return {
    language,
    title: fillIn(title, { number }),
    parties: [sellerParty(document.seller, words), buyerParty(paper.buyer, words)],
    facts: factsOf(paper, words, formats),
    columns: columns.map((key) => ({
      ...{ key, label: words.columns[key], isFigure: key !== 'sku' && key !== 'product' },
      ...(key === 'product' ? { isWide: true } : {}),
    })),
    groups: [
      {
        title: null,
        rows: document.lines.map((line) => columns.map(cellsOf(line, document, words, formats))),
        sums: [],
      },
    ],
    sums: sumsOf(document, words),
    notes: document.seller.note === '' ? [] : [document.seller.note],
    pageWords: words.page,
    inFile: [
      { label: words.file.number, value: number },
      { label: words.file.issued, value: document.issuedOn },
    ],
    currencyWords: words.file.currency,
  };
}

/** Columns in which nothing stands are left out, whoever wants them. */
function columnsOf({ lines }: PaperDocument, wanted: readonly PaperColumn[]): PaperColumn[] {
  const isThere: Record<PaperColumn, boolean> = {
    sku: lines.some(({ sku }) => sku !== null),
    product: true,
    quantity: lines.some(({ quantityMilli }) => quantityMilli !== null),
    price: lines.some((line) => priceOf(line) !== null),
    sum: lines.some(({ discountMinor }) => discountMinor !== 0n),
    discount: lines.some(({ discountMinor }) => discountMinor !== 0n),
    amount: true,
  };
  return paperColumns.filter(
    (column) => isThere[column] && (column === 'product' || column === 'amount' || wanted.includes(column)),
  );
}

/** What one piece costs; null where it does not come out even. */
function priceOf({ quantityMilli, totalMinor }: PaperLine): bigint | null {
  const milli = BigInt(quantityMilli ?? 0);
  return milli === 0n || (totalMinor * 1000n) % milli !== 0n ? null : (totalMinor * 1000n) / milli;
}

function cellsOf(line: PaperLine, { currency }: PaperDocument, words: PaperWords, { number }: Formats) {
  const price = priceOf(line);
  const cells: Record<PaperColumn, SheetCell> = {
    sku: line.sku,
    product: line.product ?? line.sku ?? words.unnamed,
    quantity: line.quantityMilli === null ? null : quantityCell(line.quantityMilli, number),
    price: price === null ? null : { minor: price, currency },
    sum: { minor: line.totalMinor, currency },
    discount: line.discountMinor === 0n ? null : { minor: -line.discountMinor, currency },
    amount: { minor: netOf([line]), currency },
  };
  return (column: PaperColumn) => cells[column];
}

const quantityCell = (milli: number, number: Formats['number']) => ({
  digits: String(milli / 1000),
  shown: number(milli / 1000).replace('-', '\u2212'),
});

function sumsOf(document: PaperDocument, words: PaperWords): SheetSum[] {
  const { currency, lines, shippingMinor, taxMinor, taxIncludedMinor, totalMinor, kind } = document;
  const amount = (minor: bigint) => ({ minor, currency });
  const extras = [
    ...(shippingMinor === null ? [] : [{ label: words.shipping, amount: amount(shippingMinor) }]),
    ...(taxMinor === null ? [] : [{ label: words.tax, amount: amount(taxMinor) }]),
  ];
  return [
    ...(extras.length === 0 ? [] : [{ label: words.goods, amount: amount(netOf(lines)) }, ...extras]),
    {
      label: kind === 'invoice' ? words.total : words.totalCredited,
      ...{ amount: amount(totalMinor), isTotal: true },
    },
    ...(taxIncludedMinor === null
      ? []
      : [{ label: words.taxIncluded, amount: amount(taxIncludedMinor), isBeside: true as const }]),
  ];
}

function factsOf({ document, corrects }: Paper, words: PaperWords, { date }: Formats): PaperSheet['facts'] {
  const { issuedOn, placedOn, deliveredOn, order, reason } = document;
  return [
    { label: words.issuedOn, value: date(issuedOn) },
    ...(corrects === null
      ? []
      : [
          {
            label: words.corrects,
            value: fillIn(words.invoiceOf, { number: corrects.number, date: date(corrects.issuedOn) }),
          },
        ]),
    ...(reason === null ? [] : [{ label: words.reason, value: words.reasons[reason] }]),
    { label: words.order, value: order.number },
    { label: words.placedOn, value: date(placedOn) },
    ...(deliveredOn === null ? [] : [{ label: words.deliveredOn, value: date(deliveredOn) }]),
  ];
}

const told = (label: string, value: string) => (value === '' ? [] : [`${label}: ${value}`]);
const said = (...lines: readonly string[]) => lines.filter((line) => line !== '');

function sellerParty(
  { name, address, taxNumber, bank, email, phone }: Seller,
  words: PaperWords,
): SheetParty {
  return {
    title: words.seller,
    lines: [
      ...said(name, address),
      ...told(words.taxNumber, taxNumber),
      ...told(words.bank, bank),
      ...said(email, phone),
    ],
  };
}

function buyerParty(buyer: PaperBuyer | null, words: PaperWords): SheetParty {
  if (buyer === null) return { title: words.buyer, lines: [words.buyerGone] };
  const { name, contact, address, taxNumber, email, references } = buyer;
  return {
    title: words.buyer,
    lines: [
      ...said(name, contact, address),
      ...told(words.taxNumber, taxNumber),
      ...said(email === name || email === contact ? '' : email),
      ...references.map((reference) => `${words.reference}: ${reference}`),
    ],
  };
}
