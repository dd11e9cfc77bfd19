/** Error codes in words. */
export function explain(code: string | undefined, app: string): string {
  switch (code) {
    case 'operation_timeout':
      return `${app} did not answer within 3 seconds (operation_timeout). Try again?`;
    case 'dispatch_failed':
      return `${app} could not be reached, or it refused the request (dispatch_failed).`;
    case 'message_not_found':
      return 'This message is no longer there.';
    case 'not_found':
      return 'This view is no longer open.';
    default:
      return code ?? 'This did not work.';
  }
}
