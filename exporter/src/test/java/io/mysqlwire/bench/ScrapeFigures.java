package io.mysqlwire.bench;

/**
 * Scrapes of one kind.
 *
 * @param series samples in the last one
 * @param bytes sent in the last one
 * @param milliseconds of CPU that each cost
 */
record ScrapeFigures(int series, int bytes, Spread milliseconds) {
  Spread perThousandSeries() {
    return milliseconds.times(1000.0 / series);
  }
}
