import { addArticlePicture } from '../../care/advice/add-picture.ts';
import type { ArticleInput } from '../../care/advice/content/content.ts';
import { createArticle, saveArticle } from '../../care/advice/edit-article.ts';
import { publishArticle } from '../../care/advice/publish-article.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { goods } from './goods.ts';
import { leafPicture } from './leaf-picture.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

/** What the roastery tells of what it sells: two articles for everybody, one for customers, and a draft. */
export function adviceStories(now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  return [
    at(70, async (ctx) => {
      const own = await asColleague(ctx, 'maryna');
      const { name } = await addArticlePicture(own, { bytes: Buffer.from(leafPicture, 'base64') });
      for (const article of [sencha(name), grinder]) {
        const { id, actSeq: seq } = await createArticle(own, article);
        await publishArticle(own, { id, seq });
      }
    }),
    at(30, async (ctx) => {
      const own = await asColleague(ctx, 'maryna');
      const { id, actSeq: seq } = await createArticle(own, pot);
      const { actSeq } = await publishArticle(own, { id, seq });
      await saveArticle(own, { id, seq: actSeq, ...pot, products: [...pot.products, 'Tea'] });
    }),
    at(2, async (ctx) => void (await createArticle(await asColleague(ctx, 'maryna'), water))),
  ];
}

const sencha = (picture: string): ArticleInput => ({
  ...{ audience: 'everybody', slug: 'how-to-brew-sencha', products: [goods.sencha.sku, 'Green tea'] },
  texts: {
    en: {
      title: 'How to brew sencha',
      summary: 'Cooler water and less time than you think.',
      body: `Sencha turns bitter when it is treated like black tea. Three things keep it sweet.

![A tea leaf, drawn in one line](${picture})

## Water

Soft, and **70 °C** at the most. Without a thermometer: boil it, pour it into a cup, from there into another, and wait until you can hold that one.

## Leaves and time

| For | Leaves | Water | Time |
| --- | --- | --- | --- |
| one cup | 3 g | 150 ml | 60 s |
| a pot | 8 g | 500 ml | 90 s |

1. Warm the pot and pour that water away.
2. Leaves first, then the water, slowly.
3. Pour it out to the last drop: what stays goes on brewing.

The second pour takes 20 seconds, the third a minute.

> If it still tastes of spinach, use less of it rather than less time.

Kept shut and in the dark, an opened bag is good for two months.`,
    },
    uk: {
      title: 'Як заварити сенчу',
      summary: 'Прохолодніша вода й менше часу, ніж здається.',
      body: `Сенча гіркне, коли її заварюють як чорний чай. Три речі бережуть її солодкою.

![Чайний листок, намальований однією лінією](${picture})

## Вода

М’яка й не гарячіша за **70 °C**. Без термометра: закип’ятити, перелити в чашку, з неї в іншу й зачекати, доки ту можна втримати в руці.

## Листя і час

1. Зігріти чайник і вилити ту воду.
2. Спершу листя, тоді вода, повільно.
3. Вилити все до краплі: що лишилося, заварюється далі.

Друга заварка потребує 20 секунд, третя хвилини.`,
    },
  },
});

const grinder: ArticleInput = {
  ...{ audience: 'everybody', slug: 'cleaning-a-hand-grinder' },
  products: [goods.grinder.sku, goods.espresso.sku],
  texts: {
    en: {
      title: 'Cleaning a hand grinder',
      summary: 'Five minutes once a month, and never with water.',
      body: `Old oil turns rancid and makes new beans taste of it.

- Take out the inner burr; mark how it stood.
- Brush both burrs, *dry*. Water rusts them within a day.
- A spoonful of dry rice takes along what the brush leaves.

Put it together, grind five beans and throw those away. [Ask us](/account/feedback/new) when a screw is missing: we have them all.`,
    },
  },
};

const pot: ArticleInput = {
  ...{ audience: 'customers', slug: 'a-pot-for-life', products: [goods.pot.sku] },
  texts: {
    en: {
      title: 'A cast-iron pot for life',
      summary: 'What keeps it from rusting, and what we do for free when it has.',
      body: `Rinse it with hot water, no soap, and let it dry upside down and open.

### Rust after all

Boil used tea leaves in it for twenty minutes: the tannins turn rust into a dark skin that protects it. When that does not help, bring it to the shop: for customers we scour and seal it for free, once a year.`,
    },
  },
};

const water: ArticleInput = {
  ...{ audience: 'everybody', slug: '', products: ['Coffee', 'Tea'] },
  texts: {
    en: { title: 'Water: what comes from your tap', summary: '', body: 'How hard is it where you live?' },
  },
};
