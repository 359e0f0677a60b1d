DROP INDEX `customer_days_day`;--> statement-breakpoint
CREATE INDEX `customer_days_day` ON `customer_days` (`day`,`customer_id`) WHERE ended_at IS NULL;--> statement-breakpoint
ALTER TABLE `contact_tasks` ADD `round` text;--> statement-breakpoint
CREATE INDEX `contact_tasks_plan_at` ON `contact_tasks` (`plan_id`,`at`) WHERE plan_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contact_tasks_plan_due` ON `contact_tasks` (`due_on`,`plan_id`,`outcome`) WHERE plan_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contact_tasks_plan_ended` ON `contact_tasks` (`ended_at`,`plan_id`) WHERE plan_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `contact_tasks_round` ON `contact_tasks` (`plan_id`,`round`) WHERE round IS NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_joined` ON `accounts` (CASE WHEN signed_up_at IS NULL OR first_placed_at < signed_up_at THEN first_placed_at ELSE signed_up_at END) WHERE owner_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `profile_answers_birthday` ON `profile_answers` (`answer`,`customer_id`) WHERE question = 'birthday';--> statement-breakpoint
CREATE INDEX `tellings_at` ON `tellings` (`at`,`customer_id`);