// The version of the message specification we speak, as every header and `kernel_info_reply` carry it.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html

/** Version of the Jupyter message specification. */
export const PROTOCOL_VERSION = '5.5';
