import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test('without script the text of a page is seen as a customer would read it, and nothing is kept', async ({
  browser,
}) => {
  const context = await browser.newContext({ ...asVisitor('owner'), javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/uk/console/texts/uk/empty.orders');
  await page.getByLabel('Текст').fill('Замовлення на {email} будуть тут.');
  await page.getByLabel('Очима якого клієнта').fill('anna@post.example');
  await page.getByRole('button', { name: 'Перегляд' }).click();
  const preview = page.getByRole('region', { name: 'Перегляд, ще не збережено' });
  await expect(preview).toContainText('Замовлення на anna@post.example будуть тут.');
  await expect(preview).toContainText('Anna');
  await page.getByLabel('Очима якого клієнта').fill('nobody@post.example');
  await page.getByRole('button', { name: 'Перегляд' }).click();
  await expect(page.getByRole('alert')).toContainText('клієнта з такою адресою немає');
  await expect(page.getByLabel('Текст')).toHaveValue('Замовлення на {email} будуть тут.');
  await page.goto('/uk/console/texts/uk/empty.orders');
  await expect(page.getByLabel('Текст')).not.toHaveValue(/будуть тут/);
  await context.close();
});
