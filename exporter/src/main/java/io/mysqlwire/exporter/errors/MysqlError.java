package io.mysqlwire.exporter.errors;

/**
 * One error of the server.
 *
 * @param code number in the ERR packet
 * @param name symbol in the server's sources, e.g. {@code ER_LOCK_DEADLOCK}; {@code
 *     MYSQL_NAME/MARIADB_NAME} where the two servers use the code for different errors
 * @param sqlstate SQL state that goes with it, with a slash like the name where the two differ;
 *     empty when unknown
 * @param errorClass what kind of trouble it is
 */
public record MysqlError(int code, String name, String sqlstate, ErrorClass errorClass) {}
