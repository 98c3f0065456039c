(* Limits and continuity, by sequences. *)

From Axiomkd Require Import Core Rules Means.

(* The sequence grows beyond every bound; it stays positive and falls to zero. *)
Definition to_infinity (t : nat -> R) : Prop := forall M, exists N, forall n, (n >= N)%nat -> M < t n.
Definition to_zero (t : nat -> R) : Prop := (forall n, 0 < t n) /\ Un_cv t 0.

Lemma cv_eventually : forall a b l N, (forall n, (n >= N)%nat -> a n = b n) -> Un_cv b l -> Un_cv a l.
Proof.
  intros a b l N E H eps P. destruct (H eps P) as [M G]. exists (max N M). intros n Hn.
  rewrite E by lia. apply G. lia.
Qed.

Lemma cv_ext : forall a b l, (forall n, a n = b n) -> Un_cv b l -> Un_cv a l.
Proof. intros a b l E. apply (cv_eventually a b l 0). auto. Qed.

Lemma cv_between : forall a b c l, (forall n, a n <= b n) -> (forall n, b n <= c n) ->
  Un_cv a l -> Un_cv c l -> Un_cv b l.
Proof.
  intros a b c l L U A C eps P. destruct (A eps P) as [N1 H1], (C eps P) as [N2 H2].
  exists (max N1 N2). intros n Hn. specialize (H1 n ltac:(lia)). specialize (H2 n ltac:(lia)).
  specialize (L n). specialize (U n). unfold R_dist in *. apply Rabs_def2 in H1, H2. apply Rabs_def1; lra.
Qed.

Lemma cv_above : forall a l c, Un_cv a l -> c < l -> exists N, forall n, (n >= N)%nat -> c < a n.
Proof.
  intros a l c H L. destruct (H (l - c)) as [N G]; [lra|]. exists N. intros n Hn.
  specialize (G n Hn). unfold R_dist in G. apply Rabs_def2 in G. lra.
Qed.

Lemma cv_below : forall a l c, Un_cv a l -> l < c -> exists N, forall n, (n >= N)%nat -> a n < c.
Proof.
  intros a l c H L. destruct (H (c - l)) as [N G]; [lra|]. exists N. intros n Hn.
  specialize (G n Hn). unfold R_dist in G. apply Rabs_def2 in G. lra.
Qed.

Lemma cv_const : forall c, Un_cv (fun _ => c) c.
Proof. intros c eps P. exists O. intros n _. rewrite R_dist_eq. exact P. Qed.

Lemma cv_exp : forall a l, Un_cv a l -> Un_cv (fun n => exp (a n)) (exp l).
Proof. intros a l H. apply (continuity_seq exp a l); [apply derivable_continuous, derivable_exp | exact H]. Qed.

Lemma cv_ln : forall a l, Un_cv a l -> 0 < l -> Un_cv (fun n => ln (a n)) (ln l).
Proof.
  intros a l H P. apply (continuity_seq ln a l); [|exact H].
  apply derivable_continuous_pt. exists (/ l). apply derivable_pt_lim_ln, P.
Qed.

Lemma cv_rpow_whole : forall a l n, Un_cv a l ->
  Un_cv (fun m => rpow (a m) (IZR (Z.of_nat n))) (rpow l (IZR (Z.of_nat n))).
Proof.
  intros a l n H. rewrite rpow_nat. apply (cv_ext _ (fun m => a m ^ n)); [intros; apply rpow_nat|].
  induction n as [|n IH]; simpl; [apply cv_const | apply CV_mult; assumption].
Qed.

Lemma cv_inverse : forall a l, Un_cv a l -> l <> 0 -> Un_cv (fun m => rpow (a m) (-1)) (rpow l (-1)).
Proof.
  intros a l H D. rewrite rpow_inv. apply (cv_ext _ (fun m => / a m)); [intros; apply rpow_inv|].
  apply (continuity_seq Rinv a l); [|exact H].
  apply (continuity_pt_inv id l); [apply derivable_continuous, derivable_id | exact D].
Qed.

Lemma cv_rpow_positive : forall a l b m, Un_cv a l -> Un_cv b m -> 0 < l ->
  Un_cv (fun n => rpow (a n) (b n)) (rpow l m).
Proof.
  intros a l b m A B P. rewrite rpow_pos by exact P. destruct (cv_above a l 0 A P) as [N H].
  apply (cv_eventually _ (fun n => exp (b n * ln (a n))) _ N).
  - intros n Hn. apply rpow_pos, H, Hn.
  - apply cv_exp, CV_mult; [exact B | apply cv_ln; assumption].
Qed.

Lemma cv_rpow_to_zero : forall a c, Un_cv a 0 -> (forall n, 0 <= a n) -> 0 < c -> Un_cv (fun n => rpow (a n) c) 0.
Proof.
  intros a c A S C eps P. set (d := rpow eps (/ c)).
  assert (0 < d) as D by (apply rpow_gt_0, P).
  destruct (cv_below a 0 d A D) as [N H]. exists N. intros n Hn. unfold R_dist.
  rewrite Rminus_0_r, Rabs_right by (apply Rle_ge, rpow_ge_0; [apply S | lra]).
  replace eps with (rpow d c).
  - apply Rules.power_of_base_strict; [exact C | apply S | apply H, Hn].
  - unfold d. rewrite (rpow_pos (rpow eps (/ c))) by exact D. rewrite ln_rpow by exact P.
    replace (c * (/ c * ln eps)) with (ln eps) by (field; lra). apply exp_ln, P.
Qed.

Lemma cv_rpow_nonnegative : forall a l b m, Un_cv a l -> Un_cv b m -> (forall n, 0 <= a n) -> 0 <= l -> 0 < m ->
  Un_cv (fun n => rpow (a n) (b n)) (rpow l m).
Proof.
  intros a l b m A B S [P | <-] M; [apply cv_rpow_positive; assumption|].
  rewrite rpow_0_l by exact M. assert (0 < m / 2) as H by lra.
  destruct (cv_above b m (m / 2) B) as [N1 H1]; [lra|]. destruct (cv_below a 0 1 A) as [N2 H2]; [lra|].
  intros eps E. destruct (cv_rpow_to_zero a (m / 2) A S H eps E) as [N3 H3].
  exists (max N1 (max N2 N3)). intros n Hn.
  specialize (H1 n ltac:(lia)). specialize (H2 n ltac:(lia)). specialize (H3 n ltac:(lia)).
  unfold R_dist in *. rewrite Rminus_0_r in *.
  assert (0 <= rpow (a n) (m / 2)) by (apply rpow_ge_0; [apply S | lra]).
  assert (0 <= rpow (a n) (b n)) by (apply rpow_ge_0; [apply S | lra]).
  rewrite Rabs_right in * by lra. apply Rle_lt_trans with (rpow (a n) (m / 2)); [|exact H3].
  destruct (S n) as [Q | <-].
  - apply Rules.power_of_exponent_falling; lra.
  - rewrite !rpow_0_l by lra. lra.
Qed.

Lemma cv_rpow_fixed : forall a l c, Un_cv a l -> (forall n, 0 <= a n) -> 0 <= l -> 0 <= c ->
  Un_cv (fun n => rpow (a n) c) (rpow l c).
Proof.
  intros a l c A S L [C | <-].
  - apply (cv_rpow_nonnegative a l (fun _ => c) c A (cv_const c) S L C).
  - rewrite rpow_0_r. apply (cv_ext _ (fun _ => 1)); [intros; apply rpow_0_r | apply cv_const].
Qed.

(* With s = x^(1/2), x ln x = 2 s^2 ln s >= 2 s^2 (1 - 1/s). *)
Lemma self_power_near_one : forall x, 0 <= x <= 1 -> 1 - 2 * rpow x (1 / 2) <= rpow x x <= 1.
Proof.
  intros x [[P | <-] L]; [|rewrite rpow_0_r, rpow_0_l by lra; lra].
  rewrite !rpow_pos by exact P. set (s := exp (1 / 2 * ln x)).
  assert (0 < s) as S by apply exp_pos.
  assert (ln s = 1 / 2 * ln x) as E by apply ln_exp.
  assert (s * s = x) as Q.
  { unfold s. rewrite <- exp_plus. replace (1 / 2 * ln x + 1 / 2 * ln x) with (ln x) by lra. apply exp_ln, P. }
  assert (ln x <= 0) as U by (pose proof (exp_ineq1_le (ln x)) as I; rewrite exp_ln in I by exact P; lra).
  assert (1 - / s <= ln s) as B.
  { pose proof (exp_ineq1_le (ln (/ s))) as I. rewrite exp_ln in I by (apply Rinv_0_lt_compat, S).
    rewrite ln_Rinv in I by exact S. lra. }
  assert (s * (1 - / s) <= s * ln s) as C by (apply Rmult_le_compat_l; lra).
  replace (s * (1 - / s)) with (s - 1) in C by (field; lra).
  assert (x * ln x = 2 * s * (s * ln s)) as V by (rewrite E, <- Q; lra).
  pose proof (exp_ineq1_le (x * ln x)) as I. split.
  - assert (2 * s * (s - 1) <= 2 * s * (s * ln s)) by (apply Rmult_le_compat_l; lra).
    assert (0 <= s * s) by (apply Rle_0_sqr). lra.
  - assert (x * ln x <= 0) as N by (rewrite <- (Rmult_0_r x); apply Rmult_le_compat_l; lra).
    destruct N as [N | N]; [left; rewrite <- exp_0; apply exp_increasing, N | rewrite N, exp_0; lra].
Qed.

Lemma cv_rpow_self : forall a l, Un_cv a l -> (forall n, 0 <= a n) -> 0 <= l ->
  Un_cv (fun n => rpow (a n) (a n)) (rpow l l).
Proof.
  intros a l A S [P | <-]; [apply cv_rpow_positive; assumption|]. rewrite rpow_0_r.
  intros eps E. destruct (cv_below a 0 1 A) as [N1 H1]; [lra|].
  destruct (cv_rpow_to_zero a (1 / 2) A S ltac:(lra) (eps / 2) ltac:(lra)) as [N2 H2].
  exists (max N1 N2). intros n Hn. specialize (H1 n ltac:(lia)). specialize (H2 n ltac:(lia)).
  unfold R_dist in *. rewrite Rminus_0_r in H2. apply Rabs_def2 in H2.
  pose proof (self_power_near_one (a n) ltac:(split; [apply S | lra])). apply Rabs_def1; lra.
Qed.

Lemma cv_rsum : forall n (f : nat -> nat -> R) g, (forall k, (k < n)%nat -> Un_cv (fun m => f m k) (g k)) ->
  Un_cv (fun m => rsum n (f m)) (rsum n g).
Proof.
  induction n as [|n IH]; intros f g H; simpl; [apply cv_const|].
  apply CV_plus; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma cv_rprod : forall n (f : nat -> nat -> R) g, (forall k, (k < n)%nat -> Un_cv (fun m => f m k) (g k)) ->
  Un_cv (fun m => rprod n (f m)) (rprod n g).
Proof.
  induction n as [|n IH]; intros f g H; simpl; [apply cv_const|].
  apply CV_mult; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma Rmax_abs : forall a b, Rmax a b = / 2 * (a + b + Rabs (a - b)).
Proof. intros a b. unfold Rmax, Rabs. destruct (Rle_dec a b), (Rcase_abs (a - b)); lra. Qed.
Lemma Rmin_abs : forall a b, Rmin a b = / 2 * (a + b - Rabs (a - b)).
Proof. intros a b. unfold Rmin, Rabs. destruct (Rle_dec a b), (Rcase_abs (a - b)); lra. Qed.

Lemma cv_Rmax : forall a b l m, Un_cv a l -> Un_cv b m -> Un_cv (fun n => Rmax (a n) (b n)) (Rmax l m).
Proof.
  intros a b l m A B. rewrite Rmax_abs.
  apply (cv_ext _ (fun n => / 2 * (a n + b n + Rabs (a n - b n)))); [intros; apply Rmax_abs|].
  apply CV_mult; [apply cv_const|]. apply CV_plus; [apply CV_plus; assumption|].
  apply cv_cvabs, CV_minus; assumption.
Qed.
Lemma cv_Rmin : forall a b l m, Un_cv a l -> Un_cv b m -> Un_cv (fun n => Rmin (a n) (b n)) (Rmin l m).
Proof.
  intros a b l m A B. rewrite Rmin_abs.
  apply (cv_ext _ (fun n => / 2 * (a n + b n - Rabs (a n - b n)))); [intros; apply Rmin_abs|].
  apply CV_mult; [apply cv_const|]. apply CV_minus; [apply CV_plus; assumption|].
  apply cv_cvabs, CV_minus; assumption.
Qed.

Lemma cv_rmax : forall n (f : nat -> nat -> R) g, (1 <= n)%nat ->
  (forall k, (k < n)%nat -> Un_cv (fun m => f m k) (g k)) -> Un_cv (fun m => rmax n (f m)) (rmax n g).
Proof.
  intros [|n] f g N; [lia|]. clear N. unfold rmax. simpl pred.
  induction n as [|n IH]; intros H; simpl; [apply H; lia|].
  apply cv_Rmax; [apply IH; intros; apply H; lia | apply H; lia].
Qed.
Lemma cv_rmin : forall n (f : nat -> nat -> R) g, (1 <= n)%nat ->
  (forall k, (k < n)%nat -> Un_cv (fun m => f m k) (g k)) -> Un_cv (fun m => rmin n (f m)) (rmin n g).
Proof.
  intros [|n] f g N; [lia|]. clear N. unfold rmin. simpl pred.
  induction n as [|n IH]; intros H; simpl; [apply H; lia|].
  apply cv_Rmin; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma cv_rif : forall c a b l m, Un_cv a l -> Un_cv b m -> Un_cv (fun n => rif c (a n) (b n)) (rif c l m).
Proof. intros [|] a b l m A B; assumption. Qed.

Lemma inverse_to_zero : forall t, to_infinity t -> Un_cv (fun n => rpow (t n) (-1)) 0.
Proof.
  intros t H eps P. destruct (H (/ eps)) as [N G]. exists N. intros n Hn. specialize (G n Hn).
  assert (0 < / eps) by (apply Rinv_0_lt_compat, P). rewrite rpow_inv. unfold R_dist.
  rewrite Rminus_0_r, Rabs_right by (apply Rle_ge; left; apply Rinv_0_lt_compat; lra).
  rewrite <- (Rinv_inv eps). apply Rinv_lt_contravar; [|exact G]. apply Rmult_lt_0_compat; lra.
Qed.

Lemma exp_of_steep : forall t c, to_zero t -> c < 0 -> Un_cv (fun n => exp (/ t n * c)) 0.
Proof.
  intros t c [P T] C. apply (cv_between (fun _ => 0) _ (fun n => / - c * t n)).
  - intros n. left. apply exp_pos.
  - intros n. specialize (P n). assert (0 < / t n * - c) as U by (apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat, P | lra]).
    assert (exp (/ t n * c) * exp (/ t n * - c) = 1) as E by (rewrite <- exp_plus, <- exp_0; f_equal; ring).
    generalize (exp_ineq1_le (/ t n * - c)). intros I.
    apply Rmult_le_reg_r with (exp (/ t n * - c)); [apply exp_pos|]. rewrite E.
    assert (0 < / - c * t n) by (apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat; lra | exact P]).
    assert (/ - c * t n * (/ t n * - c) = 1) as F by (field; lra). nra.
  - apply cv_const.
  - replace 0 with (/ - c * 0) by ring. apply CV_mult; [apply cv_const | exact T].
Qed.

Module Rules.
Include Axiomkd.Means.Rules.

Lemma limit : forall P : Prop, P -> P.
Proof. auto. Qed.
Lemma continuous : forall P : Prop, P -> P.
Proof. auto. Qed.

Lemma limit_of_equal : forall a b l m, (forall n, a n = b n) -> m = l -> Un_cv b l -> Un_cv a m.
Proof. intros a b l m E -> H. apply (cv_ext a b l E H). Qed.

Lemma limit_of_eventually_equal : forall x y a b la lb l, Un_cv y l -> Un_cv a la -> Un_cv b lb -> la < lb ->
  (forall n, a n < b n -> x n = y n) -> Un_cv x l.
Proof.
  intros x y a b la lb l Y A B L E. destruct (cv_above _ _ 0 (CV_minus b a lb la B A)) as [N H]; [lra|].
  apply (cv_eventually x y l N); [|exact Y]. intros n Hn. specialize (H n Hn). apply E. lra.
Qed.

Lemma squeeze : forall a b c l, (forall n, a n <= b n) -> (forall n, b n <= c n) ->
  Un_cv a l -> Un_cv c l -> Un_cv b l.
Proof. exact cv_between. Qed.

Lemma root_tends_to_one : forall x t, 0 < x -> to_infinity t ->
  Un_cv (fun n => rpow x (rpow (t n) (-1))) 1.
Proof.
  intros x t P T. rewrite <- (rpow_0_r x). apply (cv_rpow_positive (fun _ => x)); [apply cv_const | | exact P].
  apply inverse_to_zero, T.
Qed.

Lemma softmax_tends_to_argmax : forall V x m i t, (m < V)%nat -> (i < V)%nat ->
  (forall j, (j < V)%nat -> 0 < x j) -> (forall j, (j < V)%nat -> j <> m -> x j < x m) ->
  to_zero t ->
  Un_cv (fun n => rpow (x i) (rpow (t n) (-1)) * rpow (rsum V (fun j => rpow (x j) (rpow (t n) (-1)))) (-1))
    (rif (Nat.eqb i m) 1 0).
Proof.
  intros V x m i t Hm Hi X B T.
  set (r := fun j n => exp (/ t n * (ln (x j) - ln (x m)))).
  assert (forall j, (j < V)%nat -> Un_cv (r j) (rif (Nat.eqb j m) 1 0)) as L.
  { intros j Hj. destruct (Nat.eqb j m) eqn:E; simpl.
    - apply Nat.eqb_eq in E. subst j. apply (cv_ext _ (fun _ => 1)); [|apply cv_const].
      intros n. unfold r. rewrite Rminus_diag_eq, Rmult_0_r by reflexivity. apply exp_0.
    - apply Nat.eqb_neq in E. apply (exp_of_steep t _ T).
      generalize (ln_increasing (x j) (x m) (X j Hj) (B j Hj E)). lra. }
  assert (forall n, rpow (x i) (rpow (t n) (-1)) * rpow (rsum V (fun j => rpow (x j) (rpow (t n) (-1)))) (-1)
          = r i n * rpow (rsum V (fun j => r j n)) (-1)) as E.
  { intros n. set (top := exp (/ t n * ln (x m))). assert (0 < top) as Top by apply exp_pos.
    assert (forall j, (j < V)%nat -> rpow (x j) (rpow (t n) (-1)) = top * r j n) as F.
    { intros j Hj. rewrite rpow_pos by auto. rewrite rpow_inv. unfold top, r. rewrite <- exp_plus. f_equal. ring. }
    rewrite (F i Hi). rewrite (rsum_ext V _ (fun j => top * r j n) F). rewrite <- rsum_scal, !rpow_inv.
    assert (0 < rsum V (fun j => r j n)) as S by (apply rsum_gt_0; [lia | intros; apply exp_pos]).
    field. lra. }
  apply (cv_ext _ _ _ E).
  replace (rif (Nat.eqb i m) 1 0) with (rif (Nat.eqb i m) 1 0 * rpow 1 (-1)) by (rewrite rpow_1_l; ring).
  apply CV_mult; [apply L, Hi|]. apply cv_inverse; [|lra].
  replace 1 with (rsum V (fun j => rif (Nat.eqb j m) 1 0)).
  - apply (cv_rsum V (fun n j => r j n)). exact L.
  - rewrite (rsum_ext V _ (fun j => rif (Nat.eqb j m) 1 0 * 1)) by (intros; ring). apply rsum_delta, Hm.
Qed.

End Rules.
