import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { downloading, nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { orderKey } from '../../money/orders/schema.ts';
import { headOfPaper, paperMediaTypes, writePaper } from './download-paper.ts';
import { issueInvoice } from './issue-invoice.ts';
import { keptPaper } from './kept-paper.ts';
import { getPaper, listPapers } from './list-papers.ts';
import {
  paperAnswer,
  paperBriefAnswer,
  paperFileQuery,
  paperSentAnswer,
  papersQuery,
  toBriefAnswer,
  toPaperAnswer,
} from './schema.ts';
import { sendPaper } from './send-paper.ts';

const params = z.object({ id: idOf('paper') });

/** `/papers` and `/orders/{source}/{number}/invoice` of the API. */
export const paperRoutes = new Hono<ApiEnv>()
  .post(
    '/orders/:source/:number/invoice',
    writing({
      tag: 'Papers',
      scope: 'orders:write',
      summary: 'Issue the invoice of an order, with the credit notes that are due by then',
      params: orderKey,
      body: nothing,
      example: {},
      answer: paperAnswer,
      success: { 201: 'The invoice; the same one however often it is asked for.' },
      refusals: ['not_found', 'invoices_off', 'order_cancelled'],
      kept: keptPaper,
      run: async (ctx, { params: key, options }) => ({
        status: 201,
        answer: toPaperAnswer(await issueInvoice(ctx, key, options)),
      }),
    }),
  )
  .get(
    '/papers',
    reading({
      tag: 'Papers',
      scope: 'orders:read',
      summary: 'Invoices and credit notes',
      params: nothing,
      query: papersQuery,
      answer: listAnswer(paperBriefAnswer),
      success: { 200: 'The newest first.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { items, nextCursor } = await listPapers(ctx, query);
        return { items: items.map(toBriefAnswer), nextCursor };
      },
    }),
  )
  .get(
    '/papers/:id',
    reading({
      tag: 'Papers',
      scope: 'orders:read',
      summary: 'One invoice or credit note',
      params,
      query: nothing,
      answer: paperAnswer,
      success: { 200: 'As it was issued. Who bought only for a key that may read customers.' },
      refusals: ['not_found'],
      run: async (ctx, asked) => toPaperAnswer(await getPaper(ctx, asked.params)),
    }),
  )
  .get(
    '/papers/:id/file',
    downloading({
      tag: 'Papers',
      scope: 'orders:read',
      summary: 'One invoice or credit note as a file',
      params,
      query: paperFileQuery,
      mediaTypes: paperMediaTypes,
      success: { 200: 'The file, in the language in which it was issued.' },
      refusals: ['not_found', 'validation_failed'],
      head: async (ctx, { params: asked, query }) => headOfPaper(await getPaper(ctx, asked), query.format),
      run: async (ctx, { params: asked, query }) => writePaper(await getPaper(ctx, asked), query.format),
    }),
  )
  .post(
    '/papers/:id/mail',
    writing({
      tag: 'Papers',
      scope: 'orders:write',
      summary: 'Tell the buyer of an invoice or credit note by mail',
      params,
      body: nothing,
      example: {},
      answer: paperSentAnswer,
      success: { 201: 'The mail goes out, with the link to it.' },
      refusals: ['not_found'],
      run: async (ctx, { params: asked, options }) => ({
        status: 201,
        answer: await sendPaper(ctx, asked, options),
      }),
    }),
  );
