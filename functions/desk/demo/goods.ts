import type { OrderLine } from '../../money/orders/order.ts';
import type { Random } from './random.ts';

interface Article {
  sku: string;
  product: string;
  category: string;
  /** Of one, in pence. */
  price: number;
}

/** What the demo business sells; `stories.ts` names articles by their key. */
export const goods = {
  espresso: { sku: 'CO-101', product: 'Tanner Yard espresso, 1 kg', category: 'Coffee', price: 2600 },
  filter: { sku: 'CO-114', product: 'Yirgacheffe filter, 250 g', category: 'Coffee', price: 1150 },
  house: { sku: 'CO-120', product: 'House blend, 500 g', category: 'Coffee', price: 1450 },
  decaf: { sku: 'CO-131', product: 'Decaf Huila, 250 g', category: 'Coffee', price: 1050 },
  carpathian: { sku: 'TE-201', product: 'Carpathian herbs, 100 g', category: 'Tea', price: 780 },
  assam: { sku: 'TE-208', product: 'Assam second flush, 125 g', category: 'Tea', price: 925 },
  sencha: { sku: 'TE-215', product: 'Sencha, 100 g', category: 'Tea', price: 1120 },
  earlGrey: { sku: 'TE-222', product: 'Earl Grey, 250 g', category: 'Tea', price: 1380 },
  papers: { sku: 'EQ-301', product: 'Filter papers, 100', category: 'Equipment', price: 590 },
  mug: { sku: 'EQ-318', product: 'Stoneware mug', category: 'Equipment', price: 1600 },
  pot: { sku: 'EQ-326', product: 'Cast-iron teapot', category: 'Equipment', price: 5400 },
  kettle: { sku: 'EQ-335', product: 'Gooseneck kettle', category: 'Equipment', price: 8900 },
  grinder: { sku: 'EQ-344', product: 'Hand grinder', category: 'Equipment', price: 12_900 },
  machine: { sku: 'EQ-360', product: 'Lever espresso machine', category: 'Equipment', price: 38_900 },
  giftCard: { sku: 'GC-25', product: 'Gift card', category: 'Gift cards', price: 2500 },
  workshop: { sku: 'WS-410', product: 'Evening of cupping', category: 'Workshops', price: 3500 },
} as const satisfies Record<string, Article>;

export type Good = keyof typeof goods;

const everyday = [
  'espresso',
  'filter',
  'filter',
  'house',
  'house',
  'decaf',
  'carpathian',
  'assam',
  'sencha',
  'earlGrey',
  'papers',
] as const;
const occasional = ['mug', 'pot', 'kettle', 'grinder', 'giftCard', 'workshop'] as const;

/** A line of an order; `discount` in per cent of its total. */
export function lineOf(
  position: number,
  wanted: { good: Good; quantity?: number; discount?: number },
): OrderLine {
  const { good, quantity = 1, discount = 0 } = wanted;
  const { sku, product, category, price } = goods[good];
  return {
    lineId: `${position}`,
    sku,
    product,
    category,
    quantityMilli: quantity * 1000,
    totalMinor: BigInt(price * quantity),
    discountMinor: BigInt(Math.floor((price * quantity * discount) / 100)),
    isGiftCard: good === 'giftCard',
  };
}

/** What somebody might put into one basket; `size` multiplies the quantities. */
export function inventLines(random: Random, size = 1): OrderLine[] {
  const chosen = new Set<Good>();
  const count = random.between(1, 4);
  while (chosen.size < count) chosen.add(random.chance(14) ? random.pick(occasional) : random.pick(everyday));
  return [...chosen].map((good, index) =>
    lineOf(index + 1, {
      good,
      quantity: random.between(1, 2) * (goods[good].price < 3000 ? size : 1),
      discount: random.chance(8) ? 10 : 0,
    }),
  );
}
