import { getCampaign, listCampaigns } from '../../care/campaigns/get-campaign.ts';
import { getProgress } from '../../care/campaigns/get-progress.ts';
import { getResult } from '../../care/campaigns/result/get-result.ts';
import { stopCampaign } from '../../care/campaigns/schedule-campaign.ts';
import { toCampaignAnswer, toResultAnswer } from '../../care/campaigns/schema.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Call, Command } from './command.ts';
import { withContext } from './context.ts';
import { tableLines, timeText } from './text.ts';

async function inHouse(call: Call, work: (ctx: Context) => Promise<void>): Promise<number> {
  const house = await call.loadHouse();
  return withContext(
    call.defaults,
    async (ctx) => {
      await work(ctx);
      return 0;
    },
    { house },
  );
}

export const listedCampaigns: Command = {
  arguments: [],
  options: {},
  about: 'Campaigns, the newest first. They are written and sent in the console, or by the API.',
  examples: ['campaigns list', 'campaigns list --json'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const campaigns = await listCampaigns(ctx);
      const rows = campaigns.map(({ id, name, state, sendAt }) => [
        ...[id, name, state, sendAt === null ? '' : timeText(sendAt)],
      ]);
      await call.io.answer(campaigns.map(toCampaignAnswer), tableLines(rows));
      if (campaigns.length === 0) call.io.note('There are no campaigns yet.');
    }),
};

export const campaignResult: Command = {
  arguments: ['ID'],
  options: {},
  about: 'How far a campaign has come, and what it did: net spend per account, told less held back.',
  examples: ['campaigns result 0199c1d2e3f47a5b8c6d7e8f90a1b2c3 --json'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const id = call.argument(0);
      const [result, progress] = await Promise.all([getResult(ctx, { id }), getProgress(ctx, { id })]);
      const answer = toResultAnswer(result, progress);
      const { effect } = answer;
      const estimate =
        effect === null || effect.perAccount === null
          ? []
          : [
              `per account ${effect.perAccount.amount}, from ${effect.from?.amount} to ${effect.to?.amount} minor units`,
            ];
      await call.io.answer(answer, [
        `${progress.told} told, ${progress.sent} sent, ${progress.waiting} waiting, ${progress.held} held back`,
        `bought: ${result.told.bought} of ${result.told.accounts} told, ${result.held.bought} of ${result.held.accounts} held back`,
        effect === null
          ? 'nobody was held back'
          : effect.state === 'told'
            ? 'it made a difference'
            : 'cannot tell yet',
        ...estimate,
      ]);
    }),
};

export const stoppedCampaign: Command = {
  arguments: ['ID'],
  options: {},
  about: 'Nobody else gets it: what waits is let be, what was sent has arrived.',
  examples: ['campaigns stop 0199c1d2e3f47a5b8c6d7e8f90a1b2c3'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const id = call.argument(0);
      await getCampaign(ctx, { id });
      const campaign = await stopCampaign(ctx, { id });
      await call.io.answer(toCampaignAnswer(campaign), [`${campaign.name} is stopped.`]);
    }),
};
