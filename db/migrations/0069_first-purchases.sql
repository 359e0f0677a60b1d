DROP INDEX `account_years_by_spend`;--> statement-breakpoint
CREATE INDEX `account_years_by_spend` ON `account_years` (`currency`,`spend_minor`,`root_id`,`purchase_days`);--> statement-breakpoint
ALTER TABLE `forecast_fits` ADD `covariate` text;--> statement-breakpoint
ALTER TABLE `forecast_promises` ADD `place` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `account_facts_first` ON `account_facts` (`first_on`);--> statement-breakpoint
CREATE INDEX `account_levels_by_before` ON `account_levels` (`before`,`from_day`) WHERE before IS NOT NULL;