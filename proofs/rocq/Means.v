(* Inequalities between means, and what they say of divergences and entropies. *)

From Axiomkd Require Import Core Rules.

Lemma exp_tangent : forall m x, exp m + exp m * (x - m) <= exp x.
Proof.
  intros m x. replace x with (m + (x - m)) at 2 by ring. rewrite exp_plus.
  generalize (exp_pos m) (exp_ineq1_le (x - m)). intros. nra.
Qed.

Lemma ln_tangent : forall m x, 0 < m -> 0 < x -> ln x <= ln m + / m * (x - m).
Proof.
  intros m x M X. assert (0 < / m * x) as P by (apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat, M | exact X]).
  generalize (exp_ineq1_le (ln (/ m * x))). rewrite exp_ln by exact P.
  rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption).
  replace (/ m * (x - m)) with (/ m * x - 1) by (field; lra). lra.
Qed.

(* Bernoulli: y^r >= 1 + r (y - 1) for r >= 1 or r <= 0, y^r <= 1 + r (y - 1) for 0 <= r <= 1. *)
Lemma bernoulli_below : forall y r, 0 < y -> 0 <= r -> r <= 1 -> rpow y r <= 1 + r * (y - 1).
Proof.
  intros y r Y A B. rewrite rpow_pos by exact Y.
  assert (exp (r * ln y) <= r * exp (ln y) + (1 - r) * exp 0) as H.
  { set (m := r * ln y). generalize (exp_tangent m (ln y)) (exp_tangent m 0). unfold m. intros U W.
    assert (0 <= 1 - r) by lra. nra. }
  rewrite exp_ln, exp_0 in H by exact Y. lra.
Qed.

Lemma bernoulli_above : forall y r, 0 < y -> 1 <= r -> 1 + r * (y - 1) <= rpow y r.
Proof.
  intros y r Y A. rewrite rpow_pos by exact Y.
  assert (0 < r) as P by lra.
  assert (ln y = / r * (r * ln y)) as E by (field; lra).
  assert (y <= 1 + / r * (exp (r * ln y) - 1)) as H.
  { rewrite <- (exp_ln y Y) at 1. rewrite E at 1. rewrite <- (ln_exp (r * ln y)) at 1.
    rewrite <- rpow_pos by apply exp_pos. apply bernoulli_below; [apply exp_pos | |].
    - left. apply Rinv_0_lt_compat, P.
    - rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
  apply Rmult_le_compat_l with (r := r) in H; [|lra].
  replace (r * (1 + / r * (exp (r * ln y) - 1))) with (r + exp (r * ln y) - 1) in H by (field; lra). lra.
Qed.

Lemma bernoulli_negative : forall y r, 0 < y -> r <= 0 -> 1 + r * (y - 1) <= rpow y r.
Proof.
  intros y r Y A. rewrite rpow_pos by exact Y.
  generalize (exp_ineq1_le (r * ln y)). generalize (ln_tangent 1 y Rlt_0_1 Y). rewrite ln_1, Rinv_1. intros.
  assert (r * (y - 1) <= r * ln y) by nra. lra.
Qed.

Lemma rpow_scaled : forall m x r, 0 < m -> 0 < x -> rpow x r = rpow m r * rpow (/ m * x) r.
Proof.
  intros m x r M X. assert (0 < / m * x) as P by (apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat, M | exact X]).
  rewrite !rpow_pos by assumption. rewrite <- exp_plus. f_equal.
  rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption). ring.
Qed.

Lemma rsum_mean : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) ->
  (forall k, (k < n)%nat -> 0 <= x k) -> 0 <= rsum n (fun k => w k * x k).
Proof. intros n w x W X. apply rsum_ge_0. intros k Hk. apply Rmult_le_pos; auto. Qed.

Lemma rsum_mean_gt_0 : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  (forall k, (k < n)%nat -> 0 < x k) -> 0 < rsum n (fun k => w k * x k).
Proof.
  intros n w x W S X. destruct (rsum_positive_entry n w) as [m [Hm P]]; [lra|].
  apply (rsum_gt_0_one n _ m Hm); [apply Rmult_lt_0_compat; auto|].
  intros k Hk. apply Rmult_le_pos; [auto | left; auto].
Qed.

Lemma mean_zero : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> (forall k, (k < n)%nat -> 0 <= x k) ->
  rsum n (fun k => w k * x k) = 0 -> forall k, (k < n)%nat -> 0 < w k -> x k = 0.
Proof.
  intros n w x W X Z k Hk P.
  assert (w k * x k <= 0) as H.
  { rewrite <- Z. apply (rsum_term_le n (fun k => w k * x k) k Hk). intros; apply Rmult_le_pos; auto. }
  generalize (X k Hk). intros. assert (x k <= 0) by nra. lra.
Qed.

(* If phi lies above a line through (m, phi m), then phi m is at most the mean of phi. *)
Lemma jensen_above : forall n w x m s c, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  rsum n (fun k => w k * x k) = m -> forall phi : R -> R,
  (forall k, (k < n)%nat -> 0 < w k -> c + s * (x k - m) <= phi (x k)) -> c <= rsum n (fun k => w k * phi (x k)).
Proof.
  intros n w x m s c W S M phi H.
  apply Rle_trans with (rsum n (fun k => w k * (c + s * (x k - m)))).
  - rewrite (rsum_ext n _ (fun k => (c - s * m) * w k + s * (w k * x k))) by (intros; ring).
    rewrite rsum_linear, <- rsum_scal, S, M. right. ring.
  - apply rsum_le. intros k Hk. destruct (W k Hk) as [P | E].
    + apply Rmult_le_compat_l; [left; exact P | auto].
    + rewrite <- E. lra.
Qed.

Lemma jensen_below : forall n w x m s c, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  rsum n (fun k => w k * x k) = m -> forall phi : R -> R,
  (forall k, (k < n)%nat -> 0 < w k -> phi (x k) <= c + s * (x k - m)) -> rsum n (fun k => w k * phi (x k)) <= c.
Proof.
  intros n w x m s c W S M phi H.
  assert (- c <= rsum n (fun k => w k * - phi (x k))) as A.
  { apply (jensen_above n w x m (- s) (- c) W S M (fun t => - phi t)). intros k Hk P.
    generalize (H k Hk P). lra. }
  rewrite (rsum_ext n _ (fun k => (-1) * (w k * phi (x k)))) in A by (intros; ring).
  rewrite <- rsum_scal in A. lra.
Qed.

Lemma rpow_tangent : forall m x r (le : R -> R -> Prop), 0 < m -> 0 < x ->
  (forall a b c, 0 < c -> le a b -> le (c * a) (c * b)) ->
  (forall y, 0 < y -> le (1 + r * (y - 1)) (rpow y r)) ->
  le (rpow m r + rpow m r * r * / m * (x - m)) (rpow x r).
Proof.
  intros m x r le M X mono B. rewrite (rpow_scaled m x r M X).
  replace (rpow m r + rpow m r * r * / m * (x - m)) with (rpow m r * (1 + r * (/ m * x - 1))) by (field; lra).
  apply mono; [apply rpow_gt_0, M|]. apply B. apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat, M | exact X].
Qed.

Lemma le_scaled : forall a b c, 0 < c -> a <= b -> c * a <= c * b.
Proof. intros; apply Rmult_le_compat_l; lra. Qed.
Lemma ge_scaled : forall a b c, 0 < c -> b <= a -> c * b <= c * a.
Proof. intros; apply Rmult_le_compat_l; lra. Qed.

(* ---- Gibbs ---- *)

Definition divergence (n : nat) (a b : nat -> R) : R := rsum n (fun i => a i * ln (a i * rpow (b i) (-1))).

Lemma ln_ratio : forall a b, 0 < a -> 0 < b -> ln (a * rpow b (-1)) = ln a - ln b.
Proof.
  intros a b A B. rewrite rpow_inv, ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption). ring.
Qed.

Lemma gibbs_log : forall n a b, (forall i, (i < n)%nat -> 0 < a i) -> (forall i, (i < n)%nat -> 0 < b i) ->
  rsum n a = 1 -> rsum n b = 1 -> 0 <= rsum n (fun i => a i * (ln (a i) - ln (b i))).
Proof.
  intros n a b A B SA SB.
  apply Rle_trans with (rsum n (fun i => a i - b i)); [rewrite rsum_minus; lra|].
  apply rsum_le. intros i Hi.
  generalize (ln_tangent (a i) (b i) (A i Hi) (B i Hi)) (A i Hi). intros T P.
  apply Rmult_le_compat_l with (r := a i) in T; [|lra].
  replace (a i * (ln (a i) + / a i * (b i - a i))) with (a i * ln (a i) + (b i - a i)) in T by (field; lra).
  nra.
Qed.

(* ---- Chebyshev's sum inequality, for nonnegative weights a ---- *)

Lemma chebyshev : forall n a x y, (forall i, (i < n)%nat -> 0 <= a i) ->
  (forall i j, (i < n)%nat -> (j < n)%nat -> 0 <= (x i - x j) * (y i - y j)) ->
  rsum n (fun i => a i * x i) * rsum n (fun i => a i * y i) <= rsum n a * rsum n (fun i => a i * (x i * y i)).
Proof.
  intros n a x y A H.
  assert (0 <= rsum n (fun i => rsum n (fun j => a i * a j * ((x i - x j) * (y i - y j))))) as P.
  { apply rsum_ge_0. intros i Hi. apply rsum_ge_0. intros j Hj.
    apply Rmult_le_pos; [apply Rmult_le_pos; auto | auto]. }
  set (sx := rsum n (fun i => a i * x i)) in *. set (sy := rsum n (fun i => a i * y i)) in *.
  set (sxy := rsum n (fun i => a i * (x i * y i))) in *. set (s := rsum n a) in *.
  assert (rsum n (fun i => rsum n (fun j => a i * a j * ((x i - x j) * (y i - y j)))) = 2 * (s * sxy - sx * sy)) as E.
  { rewrite (rsum_ext n _ (fun i => s * (a i * (x i * y i)) + (sxy * a i + ((- sy) * (a i * x i) + (- sx) * (a i * y i))))).
    - rewrite !rsum_linear, <- !rsum_scal. fold sx sy sxy s. ring.
    - intros i Hi.
      rewrite (rsum_ext n _ (fun j => a i * (x i * y i) * a j + (a i * (a j * (x j * y j)) +
        (- (a i * x i) * (a j * y j) + - (a i * y i) * (a j * x j))))) by (intros; ring).
      rewrite !rsum_linear, <- !rsum_scal. fold sx sy sxy s. ring. }
  lra.
Qed.

Module Rules.
Include Axiomkd.Rules.Rules.

Lemma jensen_exponential : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  exp (rsum n (fun k => w k * x k)) <= rsum n (fun k => w k * exp (x k)).
Proof.
  intros n w x W S. set (m := rsum n (fun k => w k * x k)).
  apply (jensen_above n w x m (exp m) (exp m) W S eq_refl exp). intros k _ _. apply exp_tangent.
Qed.

Lemma jensen_square : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  rsum n (fun k => w k * x k) * rsum n (fun k => w k * x k) <= rsum n (fun k => w k * x k * x k).
Proof.
  intros n w x W S. set (m := rsum n (fun k => w k * x k)).
  rewrite (rsum_ext n (fun k => w k * x k * x k) (fun k => w k * (x k * x k))) by (intros; ring).
  apply (jensen_above n w x m (2 * m) (m * m) W S eq_refl (fun t => t * t)). intros k _ _.
  generalize (Rle_0_sqr (x k - m)). unfold Rsqr. lra.
Qed.

Lemma jensen_entropy : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  (forall k, (k < n)%nat -> 0 < x k) ->
  rsum n (fun k => w k * x k) * ln (rsum n (fun k => w k * x k)) <= rsum n (fun k => w k * x k * ln (x k)).
Proof.
  intros n w x W S X. set (m := rsum n (fun k => w k * x k)).
  assert (0 < m) as M by (apply rsum_mean_gt_0; assumption).
  rewrite (rsum_ext n (fun k => w k * x k * ln (x k)) (fun k => w k * (x k * ln (x k)))) by (intros; ring).
  apply (jensen_above n w x m (ln m + 1) (m * ln m) W S eq_refl (fun t => t * ln t)). intros k Hk _.
  generalize (ln_tangent (x k) m (X k Hk) M) (X k Hk). intros T P.
  apply Rmult_le_compat_l with (r := x k) in T; [|lra].
  replace (x k * (ln (x k) + / x k * (m - x k))) with (x k * ln (x k) + (m - x k)) in T by (field; lra). nra.
Qed.

Lemma jensen_logarithm : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  (forall k, (k < n)%nat -> 0 < x k) ->
  rsum n (fun k => w k * ln (x k)) <= ln (rsum n (fun k => w k * x k)).
Proof.
  intros n w x W S X. set (m := rsum n (fun k => w k * x k)).
  apply (jensen_below n w x m (/ m) (ln m) W S eq_refl ln). intros k Hk _.
  apply ln_tangent; [apply rsum_mean_gt_0; assumption | auto].
Qed.

Remark mean_of_zero : forall n w x r, 0 < r -> (forall k, (k < n)%nat -> 0 <= w k) ->
  (forall k, (k < n)%nat -> 0 <= x k) -> rsum n (fun k => w k * x k) = 0 ->
  rsum n (fun k => w k * rpow (x k) r) = 0.
Proof.
  intros n w x r R0 W X Z. rewrite <- (rsum_zero n). apply rsum_ext. intros k Hk.
  destruct (W k Hk) as [P | <-]; [|ring].
  rewrite (mean_zero n w x W X Z k Hk P), rpow_0_l by exact R0. ring.
Qed.

Lemma jensen_power : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 -> forall r,
  (forall k, (k < n)%nat -> 0 <= x k) -> 1 <= r ->
  rpow (rsum n (fun k => w k * x k)) r <= rsum n (fun k => w k * rpow (x k) r).
Proof.
  intros n w x W S r X H. set (m := rsum n (fun k => w k * x k)).
  destruct (rsum_mean n w x W X) as [M | Z]; [fold m in M | fold m in Z].
  - apply (jensen_above n w x m (rpow m r * r * / m) (rpow m r) W S eq_refl (fun t => rpow t r)).
    intros k Hk _. destruct (X k Hk) as [P | <-].
    + apply (rpow_tangent m (x k) r Rle M P le_scaled). intros y Y. apply bernoulli_above; assumption.
    + rewrite rpow_0_l by lra.
      replace (rpow m r + rpow m r * r * / m * (0 - m)) with (rpow m r * (1 - r)) by (field; lra).
      generalize (rpow_gt_0 m r M). intros. nra.
  - rewrite <- Z, rpow_0_l by lra. apply rsum_mean; [exact W|].
    intros k Hk. apply rpow_ge_0; [auto | lra].
Qed.

Lemma jensen_power_concave : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 -> forall r,
  (forall k, (k < n)%nat -> 0 <= x k) -> 0 < r -> r <= 1 ->
  rsum n (fun k => w k * rpow (x k) r) <= rpow (rsum n (fun k => w k * x k)) r.
Proof.
  intros n w x W S r X P H. set (m := rsum n (fun k => w k * x k)).
  destruct (rsum_mean n w x W X) as [M | Z]; [fold m in M | fold m in Z].
  - apply (jensen_below n w x m (rpow m r * r * / m) (rpow m r) W S eq_refl (fun t => rpow t r)).
    intros k Hk _. destruct (X k Hk) as [Q | <-].
    + apply (rpow_tangent m (x k) r (fun a b => b <= a) M Q ge_scaled). intros y Y. apply bernoulli_below; lra.
    + rewrite rpow_0_l by lra.
      replace (rpow m r + rpow m r * r * / m * (0 - m)) with (rpow m r * (1 - r)) by (field; lra).
      generalize (rpow_gt_0 m r M). intros. nra.
  - rewrite (mean_of_zero n w x r P W X (eq_sym Z)). rewrite <- Z, rpow_0_l by lra. lra.
Qed.

Lemma jensen_power_negative : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 -> forall r,
  (forall k, (k < n)%nat -> 0 < x k) -> r <= 0 ->
  rpow (rsum n (fun k => w k * x k)) r <= rsum n (fun k => w k * rpow (x k) r).
Proof.
  intros n w x W S r X H. set (m := rsum n (fun k => w k * x k)).
  assert (0 < m) as M by (apply rsum_mean_gt_0; assumption).
  apply (jensen_above n w x m (rpow m r * r * / m) (rpow m r) W S eq_refl (fun t => rpow t r)).
  intros k Hk _. apply (rpow_tangent m (x k) r Rle M (X k Hk) le_scaled).
  intros y Y. apply bernoulli_negative; assumption.
Qed.

Lemma weighted_am_gm : forall n w x, (forall k, (k < n)%nat -> 0 <= w k) -> rsum n w = 1 ->
  (forall k, (k < n)%nat -> 0 <= x k) ->
  rprod n (fun k => rpow (x k) (w k)) <= rsum n (fun k => w k * x k).
Proof.
  intros n w x W S X.
  (* where x k = 0 < w k the product is zero; elsewhere a factor may be replaced by a positive one *)
  assert (forall k, (k < n)%nat -> 0 < x k \/ (x k = 0 /\ 0 < w k) \/ (x k = 0 /\ w k = 0)) as C.
  { intros k Hk. destruct (X k Hk) as [P | E]; [left; exact P|]. destruct (W k Hk) as [Q | F]; auto. }
  set (y := fun k => if Rlt_dec 0 (x k) then x k else 1).
  assert (forall k, (k < n)%nat -> 0 < y k) as Y.
  { intros k Hk. unfold y. destruct (Rlt_dec 0 (x k)); lra. }
  assert ((exists k, (k < n)%nat /\ x k = 0 /\ 0 < w k) \/
          (forall k, (k < n)%nat -> 0 < x k \/ (x k = 0 /\ w k = 0))) as D.
  { clear - C. induction n as [|n IH]; [right; intros; lia|].
    destruct IH as [[k [Hk E]] | F]; [intros; apply C; lia | left; exists k; split; [lia | exact E] |].
    destruct (C n) as [P | [E | E]]; [lia | | left; exists n; split; [lia | exact E] |].
    - right. intros k Hk. destruct (Nat.eq_dec k n) as [-> | N]; [left; exact P | apply F; lia].
    - right. intros k Hk. destruct (Nat.eq_dec k n) as [-> | N]; [right; exact E | apply F; lia]. }
  destruct D as [[k [Hk [E P]]] | D].
  - rewrite (rprod_zero n _ k Hk) by (rewrite E; apply rpow_0_l, P). apply rsum_mean; assumption.
  - rewrite (rprod_ext n _ (fun k => exp (w k * ln (y k)))).
    + rewrite (rsum_ext n _ (fun k => w k * exp (ln (y k)))).
      * rewrite rprod_exp. apply jensen_exponential; assumption.
      * intros k Hk. rewrite exp_ln by (apply Y, Hk). unfold y.
        destruct (Rlt_dec 0 (x k)); [reflexivity|]. destruct (D k Hk) as [P | [A B]]; [lra | rewrite A, B; ring].
    + intros k Hk. rewrite <- (rpow_pos (y k) (w k)) by (apply Y, Hk). unfold y.
      destruct (Rlt_dec 0 (x k)); [reflexivity|].
      destruct (D k Hk) as [P | [A B]]; [lra | rewrite A, B, !rpow_0_r; reflexivity].
Qed.

Lemma mediant_minimum : forall a b c d u v, 0 < b -> 0 < d -> 0 <= u -> 0 <= v -> 0 < u * b + v * d ->
  Rmin (a * rpow b (-1)) (c * rpow d (-1)) <= (u * a + v * c) * rpow (u * b + v * d) (-1).
Proof.
  intros a b c d u v B D U V P. rewrite !rpow_inv.
  set (m := Rmin (a * / b) (c * / d)).
  assert (m * b <= a) as A.
  { replace a with (a * / b * b) by (field; lra). apply Rmult_le_compat_r; [lra | apply Rmin_l]. }
  assert (m * d <= c) as C.
  { replace c with (c * / d * d) by (field; lra). apply Rmult_le_compat_r; [lra | apply Rmin_r]. }
  apply Rmult_le_reg_r with (u * b + v * d); [exact P|].
  replace ((u * a + v * c) * / (u * b + v * d) * (u * b + v * d)) with (u * a + v * c) by (field; lra).
  nra.
Qed.

Lemma mediant_maximum : forall a b c d u v, 0 < b -> 0 < d -> 0 <= u -> 0 <= v -> 0 < u * b + v * d ->
  (u * a + v * c) * rpow (u * b + v * d) (-1) <= Rmax (a * rpow b (-1)) (c * rpow d (-1)).
Proof.
  intros a b c d u v B D U V P. rewrite !rpow_inv.
  set (m := Rmax (a * / b) (c * / d)).
  assert (a <= m * b) as A.
  { replace a with (a * / b * b) at 1 by (field; lra). apply Rmult_le_compat_r; [lra | apply Rmax_l]. }
  assert (c <= m * d) as C.
  { replace c with (c * / d * d) at 1 by (field; lra). apply Rmult_le_compat_r; [lra | apply Rmax_r]. }
  apply Rmult_le_reg_r with (u * b + v * d); [exact P|].
  replace ((u * a + v * c) * / (u * b + v * d) * (u * b + v * d)) with (u * a + v * c) by (field; lra).
  nra.
Qed.

(* p the target, q before, r after: the odds of r lie between those of q and of p. *)
Section Odds.
Variables (n : nat) (p q r : nat -> R).
Hypothesis P : forall i, (i < n)%nat -> 0 < p i.
Hypothesis SP : rsum n p = 1.
Hypothesis Q : forall i, (i < n)%nat -> 0 < q i.
Hypothesis SQ : rsum n q = 1.
Hypothesis R0 : forall i, (i < n)%nat -> 0 < r i.
Hypothesis SR : rsum n r = 1.
Hypothesis low : forall i, (i < n)%nat -> forall j, (j < n)%nat ->
  Rmin (q i * rpow (q j) (-1)) (p i * rpow (p j) (-1)) <= r i * rpow (r j) (-1).
Hypothesis high : forall i, (i < n)%nat -> forall j, (j < n)%nat ->
  r i * rpow (r j) (-1) <= Rmax (q i * rpow (q j) (-1)) (p i * rpow (p j) (-1)).

Let x i := ln (r i) - ln (q i).
Let y i := ln (p i) - ln (r i).

Remark odds_gt_0 : forall a i j, (forall i, (i < n)%nat -> 0 < a i) -> (i < n)%nat -> (j < n)%nat ->
  0 < a i * rpow (a j) (-1).
Proof. intros a i j A Hi Hj. apply Rmult_lt_0_compat; [auto | apply rpow_gt_0; auto]. Qed.

Remark same_direction : forall i j, (i < n)%nat -> (j < n)%nat -> 0 <= (x i - x j) * (y i - y j).
Proof.
  intros i j Hi Hj. generalize (low i Hi j Hj) (high i Hi j Hj). intros L H.
  set (lq := ln (q i) - ln (q j)). set (lr := ln (r i) - ln (r j)). set (lp := ln (p i) - ln (p j)).
  assert (x i - x j = lr - lq) as -> by (unfold x, lr, lq; ring).
  assert (y i - y j = lp - lr) as -> by (unfold y, lr, lp; ring).
  assert (forall a b, 0 < a -> 0 < b -> a <= b -> ln a <= ln b) as mono by (intros; apply logarithm_increases; assumption).
  generalize (odds_gt_0 q i j Q Hi Hj) (odds_gt_0 r i j R0 Hi Hj) (odds_gt_0 p i j P Hi Hj). intros OQ OR OP.
  assert (lq = ln (q i * rpow (q j) (-1))) as EQ by (rewrite ln_ratio by auto; reflexivity).
  assert (lr = ln (r i * rpow (r j) (-1))) as ER by (rewrite ln_ratio by auto; reflexivity).
  assert (lp = ln (p i * rpow (p j) (-1))) as EP by (rewrite ln_ratio by auto; reflexivity).
  destruct (Rle_dec (q i * rpow (q j) (-1)) (p i * rpow (p j) (-1))) as [D | D].
  - rewrite Rmin_left in L by exact D. rewrite Rmax_right in H by exact D.
    apply mono in L; [|assumption..]. apply mono in H; [|assumption..].
    rewrite <- EQ, <- ER in L. rewrite <- ER, <- EP in H. apply Rmult_le_pos; lra.
  - rewrite Rmin_right in L by lra. rewrite Rmax_left in H by lra.
    apply mono in L; [|assumption..]. apply mono in H; [|assumption..].
    rewrite <- EP, <- ER in L. rewrite <- ER, <- EQ in H. nra.
Qed.

Lemma divergence_along_odds_from :
  rsum n (fun i => p i * ln (p i * rpow (r i) (-1))) <= rsum n (fun i => p i * ln (p i * rpow (q i) (-1))).
Proof using P SP Q SQ R0 SR low high.
  rewrite (rsum_ext n _ (fun i => p i * (ln (p i) - ln (r i)))) by (intros; rewrite ln_ratio by auto; reflexivity).
  rewrite (rsum_ext n (fun i => p i * ln (p i * rpow (q i) (-1))) (fun i => p i * (ln (p i) - ln (q i))))
    by (intros; rewrite ln_ratio by auto; reflexivity).
  (* sum p x >= sum r x >= 0, as p = r exp(y) and x, y are ordered alike *)
  assert (0 <= rsum n (fun i => r i * x i)) as G by (apply (gibbs_log n r q); assumption).
  assert (rsum n (fun i => r i * x i) * rsum n (fun i => r i * (p i * rpow (r i) (-1)))
          <= rsum n r * rsum n (fun i => r i * (x i * (p i * rpow (r i) (-1))))) as C.
  { apply chebyshev; [intros; left; auto|]. intros i j Hi Hj.
    generalize (same_direction i j Hi Hj). intros D.
    assert (forall k, (k < n)%nat -> p k * rpow (r k) (-1) = exp (y k)) as E.
    { intros k Hk. unfold y. rewrite <- ln_ratio by auto. rewrite exp_ln; [reflexivity|].
      apply Rmult_lt_0_compat; [auto | apply rpow_gt_0; auto]. }
    rewrite (E i Hi), (E j Hj). destruct (Rle_dec (y i) (y j)) as [O | O].
    - generalize (exponential_increases _ _ O). intros. destruct O as [O | ->]; [nra | lra].
    - assert (y j < y i) as O' by lra. generalize (exp_increasing _ _ O'). intros. nra. }
  assert (forall f, rsum n (fun i => r i * (f i * (p i * rpow (r i) (-1)))) = rsum n (fun i => p i * f i)) as M.
  { intros f. apply rsum_ext. intros i Hi. rewrite rpow_inv. field. generalize (R0 i Hi). lra. }
  rewrite (M x) in C.
  rewrite (rsum_ext n (fun i => r i * (p i * rpow (r i) (-1))) (fun i => r i * (1 * (p i * rpow (r i) (-1))))) in C
    by (intros; ring).
  rewrite (M (fun _ => 1)) in C. rewrite (rsum_ext n (fun i => p i * 1) p) in C by (intros; ring).
  rewrite SP, SR in C.
  assert (rsum n (fun i => p i * x i) = rsum n (fun i => p i * (ln (p i) - ln (q i))) - rsum n (fun i => p i * (ln (p i) - ln (r i)))) as E.
  { rewrite <- rsum_minus. apply rsum_ext. intros. unfold x. ring. }
  lra.
Qed.

Lemma divergence_along_odds_to :
  rsum n (fun i => r i * ln (r i * rpow (p i) (-1))) <= rsum n (fun i => q i * ln (q i * rpow (p i) (-1))).
Proof using P SP Q SQ R0 SR low high.
  rewrite (rsum_ext n _ (fun i => - 1 * (r i * y i)))
    by (intros; rewrite ln_ratio by auto; unfold y; ring).
  rewrite (rsum_ext n (fun i => q i * ln (q i * rpow (p i) (-1))) (fun i => -1 * (q i * x i) + -1 * (q i * y i)))
    by (intros; rewrite ln_ratio by auto; unfold x, y; ring).
  rewrite rsum_linear, <- !rsum_scal.
  (* - sum q x >= 0 by Gibbs; sum q y <= sum r y as q = r exp(-x) *)
  assert (0 <= rsum n (fun i => q i * (- x i))) as G.
  { rewrite (rsum_ext n _ (fun i => q i * (ln (q i) - ln (r i)))) by (intros; unfold x; ring).
    apply gibbs_log; assumption. }
  rewrite (rsum_ext n _ (fun i => -1 * (q i * x i))) in G by (intros; ring). rewrite <- rsum_scal in G.
  assert (rsum n (fun i => r i * - y i) * rsum n (fun i => r i * (q i * rpow (r i) (-1)))
          <= rsum n r * rsum n (fun i => r i * (- y i * (q i * rpow (r i) (-1))))) as C.
  { apply chebyshev; [intros; left; auto|]. intros i j Hi Hj.
    generalize (same_direction i j Hi Hj). intros D.
    assert (forall k, (k < n)%nat -> q k * rpow (r k) (-1) = exp (- x k)) as E.
    { intros k Hk. unfold x. replace (- (ln (r k) - ln (q k))) with (ln (q k) - ln (r k)) by ring.
      rewrite <- ln_ratio by auto. rewrite exp_ln; [reflexivity|].
      apply Rmult_lt_0_compat; [auto | apply rpow_gt_0; auto]. }
    rewrite (E i Hi), (E j Hj). destruct (Rle_dec (x i) (x j)) as [O | O].
    - destruct O as [O | O].
      + assert (- x j < - x i) as O' by lra. generalize (exp_increasing _ _ O'). intros. nra.
      + rewrite O. lra.
    - assert (- x i < - x j) as O' by lra. generalize (exp_increasing _ _ O'). intros. nra. }
  assert (forall f, rsum n (fun i => r i * (f i * (q i * rpow (r i) (-1)))) = rsum n (fun i => q i * f i)) as M.
  { intros f. apply rsum_ext. intros i Hi. rewrite rpow_inv. field. generalize (R0 i Hi). lra. }
  rewrite (M (fun i => - y i)) in C.
  rewrite (rsum_ext n (fun i => r i * (q i * rpow (r i) (-1))) (fun i => r i * (1 * (q i * rpow (r i) (-1))))) in C
    by (intros; ring).
  rewrite (M (fun _ => 1)) in C. rewrite (rsum_ext n (fun i => q i * 1) q) in C by (intros; ring).
  rewrite SQ, SR in C.
  rewrite (rsum_ext n (fun i => r i * - y i) (fun i => -1 * (r i * y i))) in C by (intros; ring).
  rewrite (rsum_ext n (fun i => q i * - y i) (fun i => -1 * (q i * y i))) in C by (intros; ring).
  rewrite <- !rsum_scal in C. lra.
Qed.

End Odds.

(* The entropy of a tempered distribution: Gibbs in both directions. *)
Section Tempered.
Variables (n : nat) (v : nat -> R) (s t : R).
Hypothesis N : (1 <= n)%nat.
Hypothesis V : forall i, (i < n)%nat -> 0 < v i.
Hypothesis S0 : 0 < s.
Hypothesis ST : s <= t.

Let mass (u : R) i := rpow (v i) (rpow u (-1)).
Let share (u : R) i := mass u i * rpow (rsum n (fun j => mass u j)) (-1).

Remark mass_gt_0 : forall u i, (i < n)%nat -> 0 < mass u i.
Proof. intros. apply rpow_gt_0. auto. Qed.
Remark total_gt_0 : forall u, 0 < rsum n (fun j => mass u j).
Proof. intros u. apply rsum_gt_0; [exact N | apply mass_gt_0]. Qed.
Remark share_gt_0 : forall u i, (i < n)%nat -> 0 < share u i.
Proof. intros u i Hi. apply Rmult_lt_0_compat; [apply mass_gt_0, Hi | apply rpow_gt_0, total_gt_0]. Qed.
Remark share_sum : forall u, rsum n (share u) = 1.
Proof.
  intros u. unfold share.
  rewrite (rsum_ext n _ (fun i => rpow (rsum n (fun j => mass u j)) (-1) * mass u i)) by (intros; ring).
  rewrite <- rsum_scal, rpow_inv. apply Rinv_l. apply Rgt_not_eq, total_gt_0.
Qed.
Remark ln_share : forall u i, (i < n)%nat -> ln (share u i) = / u * ln (v i) - ln (rsum n (fun j => mass u j)).
Proof.
  intros u i Hi. unfold share. rewrite ln_ratio by (apply mass_gt_0 || apply total_gt_0; exact Hi).
  unfold mass at 1. rewrite ln_rpow by auto. rewrite rpow_inv. ring.
Qed.

Lemma entropy_of_tempered :
  -1 * rsum n (fun i => share s i * ln (share s i)) <= -1 * rsum n (fun i => share t i * ln (share t i)).
Proof using N V S0 ST.
  destruct ST as [LT | E0]; [|rewrite E0; apply Rle_refl].
  set (a := share s). set (b := share t).
  set (ls := ln (rsum n (fun j => mass s j))). set (lt := ln (rsum n (fun j => mass t j))).
  assert (0 < t) as T0 by lra.
  assert (forall i, (i < n)%nat -> 0 < a i) as A by apply share_gt_0.
  assert (forall i, (i < n)%nat -> 0 < b i) as B by apply share_gt_0.
  generalize (gibbs_log n a b A B (share_sum s) (share_sum t)) (gibbs_log n b a B A (share_sum t) (share_sum s)).
  set (ma := rsum n (fun i => a i * ln (v i))). set (mb := rsum n (fun i => b i * ln (v i))).
  assert (forall c u l m, (forall i, (i < n)%nat -> l i = / u * ln (v i) - m) -> rsum n c = 1 ->
    rsum n (fun i => c i * l i) = / u * rsum n (fun i => c i * ln (v i)) - m) as E.
  { intros c u l m L C. rewrite (rsum_ext n _ (fun i => / u * (c i * ln (v i)) + (- m) * c i)).
    - rewrite rsum_linear, <- rsum_scal, C. ring.
    - intros i Hi. rewrite (L i Hi). ring. }
  assert (forall i, (i < n)%nat -> ln (a i) = / s * ln (v i) - ls) as LA by (intros; apply ln_share; assumption).
  assert (forall i, (i < n)%nat -> ln (b i) = / t * ln (v i) - lt) as LB by (intros; apply ln_share; assumption).
  rewrite (rsum_ext n (fun i => a i * (ln (a i) - ln (b i))) (fun i => a i * ln (a i) - a i * ln (b i))) by (intros; ring).
  rewrite (rsum_ext n (fun i => b i * (ln (b i) - ln (a i))) (fun i => b i * ln (b i) - b i * ln (a i))) by (intros; ring).
  rewrite !rsum_minus.
  rewrite (E a s (fun i => ln (a i)) ls LA (share_sum s)), (E a t (fun i => ln (b i)) lt LB (share_sum s)).
  rewrite (E b t (fun i => ln (b i)) lt LB (share_sum t)), (E b s (fun i => ln (a i)) ls LA (share_sum t)).
  fold ma mb. intros G1 G2.
  assert (/ t < / s) as O by (apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; assumption | exact LT]).
  assert (0 < / t) as I by (apply Rinv_0_lt_compat, T0).
  (* adding up: (1/s - 1/t)(ma - mb) >= 0; and H(b) - H(a) is at least (ma - mb)/t *)
  assert (mb <= ma) by nra.
  assert (/ t * mb <= / t * ma) by (apply Rmult_le_compat_l; lra). lra.
Qed.
End Tempered.

End Rules.
