import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use({ javaScriptEnabled: false });

const opinion = 'The decaf is so good that nobody at home has noticed it is decaf.';

test.describe
  .serial('what Daniel thinks', () => {
    test.describe('as Daniel', () => {
      test.use(asVisitor('daniel'));

      test('he answers on one page after the other, and gets his thanks', async ({ page }) => {
        await page.goto('/account');
        await expect(page.getByText('£0.50 for you, whatever you answer')).toBeVisible();
        await page.getByRole('link', { name: 'Answer' }).click();
        await page.getByRole('button', { name: 'Continue' }).click();
        await expect(page.getByRole('alert')).toContainText('Choose an answer');
        await page.getByLabel('Neither').check();
        await page.getByRole('button', { name: 'Continue' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('What went wrong?');
        await page.getByRole('link', { name: 'Back to the question before' }).click();
        await expect(page.getByLabel('Neither')).toBeChecked();
        await page.getByLabel('Very satisfied').check();
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByLabel('7', { exact: true }).check();
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.goto('/account');
        await page.getByRole('link', { name: 'Answer' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toContainText('Anything else');
        await page.getByRole('button', { name: 'Continue' }).click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
        await expect(page.getByText('£0.50 is in your account')).toBeVisible();
      });

      test('he lets himself be quoted, by consent', async ({ page }) => {
        await page.goto('/account/voices');
        await page.getByLabel('What would you tell a friend').fill(opinion);
        await page.getByLabel('D. R.').check();
        await page.getByRole('button', { name: 'Send for publication' }).click();
        await expect(page.getByRole('alert')).toContainText('tick the box');
        await expect(page.getByLabel('What would you tell a friend')).toHaveValue(opinion);
        await page.getByLabel('I agree that').check();
        await page.getByRole('button', { name: 'Send for publication' }).click();
        await expect(page.getByRole('status')).toContainText('We will read it');
        await page.goto('/voices');
        await expect(page.getByText(opinion)).toHaveCount(0);
      });
    });

    test.describe('as the owner', () => {
      test.use(asVisitor('owner'));

      test('only his own words can be shown', async ({ page }) => {
        const words = () => page.locator('article').filter({ hasText: opinion });
        await page.goto('/console/testimonials');
        await words().getByLabel('Show only this part').fill('The best coffee.');
        await words().getByRole('button', { name: 'Publish' }).click();
        await expect(page.getByRole('alert')).toContainText('from the customer’s own words');
        await words().getByLabel('Show only this part').fill('');
        await words().getByRole('button', { name: 'Publish' }).click();
        await expect(page.getByRole('status')).toContainText('Published');
        await page.goto('/voices');
        await expect(page.getByText(opinion)).toBeVisible();
      });
    });

    test.describe('as Daniel again', () => {
      test.use(asVisitor('daniel'));

      test('he takes them back, and they are gone at once', async ({ page }) => {
        await page.goto('/account/voices');
        const own = page.locator('li').filter({ hasText: opinion });
        await own.getByRole('button', { name: 'Withdraw' }).click();
        await expect(page.getByRole('status')).toContainText('Withdrawn');
        for (const path of ['/voices', '/how-it-works']) {
          await page.goto(path);
          await expect(page.getByText(opinion)).toHaveCount(0);
        }
      });
    });
  });

test.describe('staff', () => {
  test.use(asVisitor('owner'));

  test('make a survey, look at it as customers do, and open it', async ({ page }) => {
    await page.goto('/uk/console/surveys');
    await page.getByLabel('Після звернення').check();
    await page.getByRole('button', { name: 'Почати' }).click();
    await page.getByLabel('Назва (Українська)').fill('Чи все гаразд?');
    await page.getByLabel('Через скільки днів').fill('500');
    await page.getByRole('button', { name: 'Зберегти', exact: true }).first().click();
    await expect(page.getByRole('alert')).toContainText('від 0 до 90');
    await expect(page.getByLabel('Назва (Українська)')).toHaveValue('Чи все гаразд?');
    await page.getByLabel('Через скільки днів').fill('5');
    await page.getByLabel('Додати запитання').selectOption('choice');
    await page.getByRole('button', { name: 'Зберегти й додати' }).click();
    await expect(page.getByRole('group', { name: 'Запитання 4' })).toBeVisible();
    await page.getByRole('button', { name: 'Вилучити' }).last().click();
    await expect(page.getByRole('group', { name: 'Запитання 4' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Зберегти', exact: true }).first().click();
    await page.getByRole('link', { name: 'Попередній перегляд' }).click();
    await page.getByLabel('Задоволені', { exact: true }).check();
    await page.getByRole('button', { name: 'Далі' }).click();
    await expect(page.getByText('Запитання 2 з 3')).toBeVisible();
    await page.getByRole('link', { name: 'До опитування' }).click();
    await page.getByRole('button', { name: 'Відкрити опитування' }).click();
    await expect(page.getByRole('status')).toHaveText('Опитування відкрито.');
  });

  test('read what a survey came to, with how sure that is', async ({ page }) => {
    await page.goto('/console/surveys');
    await page.getByRole('link', { name: /Would you recommend/ }).click();
    await expect(page.getByText('Net promoter score')).toBeVisible();
    await expect(page.getByText(/between .* with 95 % confidence/)).toBeVisible();
    const segments = page.getByRole('navigation', { name: 'Whose answers' });
    await segments.getByRole('link', { name: 'Regulars' }).click();
    await expect(segments.locator('[aria-current]')).toHaveText('Regulars');
    await page.goto('/console/surveys');
    await page.getByRole('link', { name: /You and us/ }).click();
    await segments.getByRole('link', { name: 'Club' }).click();
    await expect(page.getByText('too few to show').first()).toBeVisible();
  });
});

test('a personal link that nobody was sent leads nowhere', async ({ page }) => {
  expect((await page.goto('/surveys/none'))?.status()).toBe(404);
});
