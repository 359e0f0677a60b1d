import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { createCampaign } from './edit-campaign.ts';
import { getCampaign, listCampaigns } from './get-campaign.ts';
import { getProgress } from './get-progress.ts';
import { getResult } from './result/get-result.ts';
import { scheduleCampaign, stopCampaign } from './schedule-campaign.ts';
import {
  campaignAnswer,
  campaignResultAnswer,
  campaignsAnswer,
  createCampaignExample,
  createCampaignInput,
  scheduleExample,
  scheduleInput,
  toCampaignAnswer,
  toContent,
  toResultAnswer,
} from './schema.ts';

const params = z.object({ id: idOf('campaign') });
const read = { tag: 'Campaigns', scope: 'campaigns:read' } as const;
const write = { tag: 'Campaigns', scope: 'campaigns:write' } as const;

/** `/campaigns` of the API. */
export const campaignRoutes = new Hono<ApiEnv>()
  .get(
    '/campaigns',
    reading({
      ...read,
      summary: 'All campaigns, the newest first',
      params: nothing,
      query: nothing,
      answer: campaignsAnswer,
      success: { 200: 'The newest 500.' },
      refusals: [],
      run: async (ctx) => ({ items: (await listCampaigns(ctx)).map(toCampaignAnswer), nextCursor: null }),
    }),
  )
  .post(
    '/campaigns',
    writing({
      ...write,
      summary: 'Begin a campaign, as a draft',
      params: nothing,
      body: createCampaignInput,
      example: createCampaignExample,
      answer: campaignAnswer,
      success: { 201: 'There is a draft, which the console shows. Nothing goes out.' },
      refusals: [],
      run: async (ctx, { body, options }) => {
        const campaign = await createCampaign(ctx, toContent(body), {
          ...options,
          answerOf: toCampaignAnswer,
        });
        return { status: 201, answer: toCampaignAnswer(campaign) };
      },
    }),
  )
  .get(
    '/campaigns/:id',
    reading({
      ...read,
      summary: 'One campaign',
      params,
      query: nothing,
      answer: campaignAnswer,
      success: { 200: 'How it stands.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id } }) => toCampaignAnswer(await getCampaign(ctx, { id })),
    }),
  )
  .get(
    '/campaigns/:id/result',
    reading({
      ...read,
      summary: 'How far a campaign has come, and what it did',
      params,
      query: nothing,
      answer: campaignResultAnswer,
      success: { 200: 'So far; final once `isOver`.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id } }) =>
        toResultAnswer(await getResult(ctx, { id }), await getProgress(ctx, { id })),
    }),
  )
  .post(
    '/campaigns/:id/schedule',
    writing({
      ...write,
      summary: 'Let a draft go out',
      params,
      body: scheduleInput,
      example: scheduleExample,
      answer: campaignAnswer,
      success: { 200: 'It goes out when its time comes.' },
      refusals: ['not_found', 'campaign_moved', 'campaign_unready'],
      run: async (ctx, { params: { id }, body: { seq, at }, options }) => {
        const told = { ...options, answerOf: toCampaignAnswer };
        return { status: 200, answer: toCampaignAnswer(await scheduleCampaign(ctx, { id, seq, at }, told)) };
      },
    }),
  )
  .post(
    '/campaigns/:id/stop',
    writing({
      ...write,
      summary: 'Stop a campaign that goes out',
      params,
      body: nothing,
      example: {},
      answer: campaignAnswer,
      success: { 200: 'Nothing else of it is sent; what is on its way arrives.' },
      refusals: ['not_found', 'campaign_moved'],
      run: async (ctx, { params: { id }, options }) => {
        const answer = toCampaignAnswer(await stopCampaign(ctx, { id }));
        await ctx.db.write(options.alongside(answer, 200));
        return { status: 200, answer };
      },
    }),
  );
