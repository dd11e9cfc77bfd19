/** How one cell becomes a value: SQL macros, so that no row passes through JavaScript. */

/** Amounts above this (in either direction) are no cost; it also keeps sums of DECIMAL(38,18) from overflowing. */
export const LARGEST_COST = 1_000_000_000_000;

/**
 * Amounts are exact: `high` is the part up to 18 decimals, `low` the decimals 19 to 36 of amounts below 99,
 * times 10^18 (floating-point columns have such tails). Digits beyond that are rounded.
 */
export const NORMALISE_MACROS: readonly string[] = [
  // 63 bits of the MD5, positive in SQLite's INTEGER.
  'CREATE MACRO pw_id(t) AS CAST(md5_number_lower(t) & 9223372036854775807 AS BIGINT)',
  `CREATE MACRO pw_text(x) AS nullif(nullif(trim(x), ''), 'NULL')`,

  // DuckDB would take 4/1/25 for a day of the year 4. "2024-09-01T10:00Z" lacks the seconds DuckDB wants; m/d/y is how spreadsheets write days in the US.
  String.raw`CREATE MACRO pw_time_slow(t) AS CASE
    WHEN regexp_full_match(t, '\d{4}[/-]\d{1,2}[/-]\d{1,2}([ T]\d{1,2}:\d{2}:\d{2}.*)?') THEN TRY_CAST(t AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
    WHEN regexp_full_match(t, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|z|UTC|[+-]\d{2}(:?\d{2})?)?')
      THEN TRY_CAST(regexp_replace(regexp_replace(t, '^(.{10}).(\d{2}:\d{2})($|[^:\d].*$)', '\1 \2:00\3'), ' ?(Z|z|UTC)$', '+00') AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
    WHEN regexp_full_match(t, '\d{1,2}/\d{1,2}/\d{4}( .*)?')
      THEN try_strptime(t, ['%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M %p', '%m/%d/%Y %I:%M:%S %p'])
    WHEN regexp_full_match(t, '\d{1,2}/\d{1,2}/\d{2}( .*)?')
      THEN try_strptime(t, ['%m/%d/%y', '%m/%d/%y %H:%M', '%m/%d/%y %H:%M:%S', '%m/%d/%y %I:%M %p', '%m/%d/%y %I:%M:%S %p'])
  END`,
  // The plain cast is twice as fast but ignores an offset: only for texts that have no room for one.
  `CREATE MACRO pw_time_any(x) AS coalesce(
    CASE WHEN (length(x) = 19 OR (length(x) = 20 AND x[20] = 'Z')) AND x[11] IN (' ', 'T') THEN TRY_CAST(x AS TIMESTAMP) END,
    CASE WHEN NOT contains(x, '/') THEN TRY_CAST(x AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END, pw_time_slow(trim(x)))`,
  `CREATE MACRO pw_time_slowly(x) AS CASE WHEN year(pw_time_any(x)) BETWEEN 1990 AND 2199 THEN pw_time_any(x) END`,
  // "2024-09-01T10:00:00Z", as nearly all files have it, without looking at it four times.
  `CREATE MACRO pw_time_zulu(x) AS CASE WHEN strlen(x) = 20 AND ends_with(x, 'Z') THEN TRY_CAST(x AS TIMESTAMP) END`,
  `CREATE MACRO pw_time(x) AS CASE WHEN pw_time_zulu(x) BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2199-12-31 23:59:59'
    THEN pw_time_zulu(x) ELSE pw_time_slowly(x) END`,
  // The order of month and day is a guess when both could be a month.
  String.raw`CREATE MACRO pw_ambiguous(x) AS CASE WHEN contains(x, '/') THEN
    TRY_CAST(regexp_extract(x, '^\s*(\d+)/(\d+)/', 1) AS INTEGER) <= 12 AND TRY_CAST(regexp_extract(x, '^\s*(\d+)/(\d+)/', 2) AS INTEGER) <= 12
    AND regexp_extract(x, '^\s*(\d+)/(\d+)/', 1) <> regexp_extract(x, '^\s*(\d+)/(\d+)/', 2) ELSE false END`,

  `CREATE MACRO pw_currency(x) AS CASE WHEN regexp_full_match(trim(x), '[A-Za-z]{3}') THEN upper(trim(x)) ELSE pw_text(x) END`,
  `CREATE MACRO pw_category(x) AS CASE lower(trim(x)) WHEN 'usage' THEN 'Usage' WHEN 'usage-based' THEN 'Usage'
    WHEN 'purchase' THEN 'Purchase' WHEN 'tax' THEN 'Tax' WHEN 'credit' THEN 'Credit' WHEN 'adjustment' THEN 'Adjustment' END`,
  `CREATE MACRO pw_frequency(x) AS CASE lower(pw_text(x)) WHEN 'usage-based' THEN 'Usage-Based' WHEN 'one-time' THEN 'One-Time'
    WHEN 'recurring' THEN 'Recurring' ELSE pw_text(x) END`,

  // "$10,000.00 ", "(5.00)", "-€3" → plain digits; NULL for anything that is no number.
  String.raw`CREATE MACRO pw_bare(t) AS regexp_replace(regexp_replace(
    CASE WHEN regexp_full_match(t, '\(.+\)') THEN '-' || t[2:-2] ELSE t END,
    '^([-+]?)\s*[$€£¥₹]\s*([-+]?)', '\1\2'), '\s*[$€£¥₹]$', '')`,
  String.raw`CREATE MACRO pw_ungrouped(t) AS CASE WHEN regexp_full_match(t, '[-+]?\d{1,3}(,\d{3})+(\.\d*)?') THEN replace(t, ',', '') ELSE t END`,
  String.raw`CREATE MACRO pw_clean_checked(t) AS CASE WHEN regexp_full_match(t, '[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,4})?') THEN t END`,
  `CREATE MACRO pw_clean(x) AS pw_clean_checked(pw_ungrouped(pw_bare(trim(x))))`,
  String.raw`CREATE MACRO pw_exponent(t) AS coalesce(TRY_CAST(nullif(regexp_extract(t, '[eE]([-+]?\d+)$', 1), '') AS INTEGER), 0)`,
  // The amount times 10^18; NULL from 99 up. DuckDB's cast rounds exponents this small up and overflows silently above.
  String.raw`CREATE MACRO pw_fine(t) AS CASE WHEN pw_exponent(t) < -50 THEN 0::DECIMAL(38,18)
    WHEN abs(TRY_CAST(t AS DOUBLE)) < 99 THEN TRY_CAST(regexp_extract(t, '^[-+]?[\d.]+') || 'e' || (pw_exponent(t) + 18) AS DECIMAL(38,18)) END`,
  `CREATE MACRO pw_high_slow(t) AS CASE WHEN pw_fine(t) IS NOT NULL
    THEN CAST(CAST(trunc(pw_fine(t)) AS VARCHAR) || 'e-18' AS DECIMAL(38,18)) WHEN abs(TRY_CAST(t AS DOUBLE)) <= ${LARGEST_COST} THEN TRY_CAST(t AS DECIMAL(38,18)) END`,
  `CREATE MACRO pw_low_slow(t) AS coalesce(pw_fine(t) - trunc(pw_fine(t)), 0::DECIMAL(38,18))`,
  // Up to 6 digits and 12 decimals: 64 bits hold it, eight times as fast. NULL for everything else, "1e-7" and "1_0" too.
  `CREATE MACRO pw_small(x) AS CASE WHEN strlen(x) - instr(x, '.') <= 12 AND NOT contains(x, 'e') AND NOT contains(x, 'E') AND NOT contains(x, '_')
    THEN TRY_CAST(x AS DECIMAL(18,12)) END`,
  String.raw`CREATE MACRO pw_plain(x) AS regexp_full_match(x, '-?[0-9]{1,12}(\.[0-9]{0,18})?')`,
  // A macro writes its argument out wherever it names it: 0.3 s to plan one small file. A lambda's is worked out once.
  `CREATE MACRO pw_high(x) AS CASE WHEN pw_plain(x) THEN TRY_CAST(x AS DECIMAL(38,18))
    ELSE list_transform([pw_clean(x)], lambda clean: pw_high_slow(clean))[1] END`,
  `CREATE MACRO pw_low(x) AS CASE WHEN pw_plain(x) THEN 0::DECIMAL(38,18)
    ELSE list_transform([pw_clean(x)], lambda clean: pw_low_slow(clean))[1] END`,
];
