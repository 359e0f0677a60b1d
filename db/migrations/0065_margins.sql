CREATE TABLE `margins` (
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`bps` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`kind`, `name`),
	CONSTRAINT "margins_bps" CHECK(bps BETWEEN -10000 AND 10000),
	CONSTRAINT "margins_name" CHECK((kind <> 'rest' OR name = '') AND (kind <> 'product' OR name <> ''))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `margins` (`kind`, `name`, `bps`, `at`, `actor`)
SELECT 'rest', '', CAST(round(CAST(replace(`value`, ',', '.') AS REAL) * 100) AS INTEGER), `set_at`, `set_by`
FROM `settings` WHERE `key` = 'margin' AND `value` <> 'off';
--> statement-breakpoint
INSERT INTO `margins` (`kind`, `name`, `bps`, `at`, `actor`)
WITH `blanks` (`all`) AS (SELECT char(9, 10, 11, 12, 13, 32, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202,
    8232, 8233, 8239, 8287, 12288, 65279)),
  `parts` AS (SELECT trim(one.value, `all`) AS `part`, `all`, `set_at`, `set_by`
    FROM `blanks`, `settings` AS s, json_each('[' || replace(json_quote(s.value), ';', '","') || ']') AS one
    WHERE s.key = 'categoryMargins' AND s.value <> 'off'),
  `told` AS (SELECT `part`, rtrim(`part`, replace(`part`, '=', '')) AS `lead`, `all`, `set_at`, `set_by` FROM `parts` WHERE `part` <> '')
SELECT 'category', trim(substr(`part`, 1, length(`lead`) - 1), `all`),
  CAST(round(CAST(replace(trim(substr(`part`, length(`lead`) + 1), `all`), ',', '.') AS REAL) * 100) AS INTEGER), `set_at`, `set_by`
FROM `told`;
--> statement-breakpoint
DELETE FROM `settings` WHERE `key` IN ('margin', 'categoryMargins');
